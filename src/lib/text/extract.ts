// Finds mentions, hashtags, links and emoji shortcodes in plain text.
import { hashtagAt, normalizeTag } from './hashtag.ts'
import { findLinks, withoutOverlaps } from './links.ts'

interface Span {
  /** Where it begins and ends in the text, in UTF-16 units. */
  start: number
  end: number
}

export interface MentionEntity extends Span {
  kind: 'mention'
  /** `user` or `user@domain`, as typed. */
  handle: string
  username: string
  domain?: string
}

export interface HashtagEntity extends Span {
  kind: 'hashtag'
  /** As typed, without #. */
  label: string
  /** The stored spelling. */
  name: string
}

export interface LinkEntity extends Span {
  kind: 'link'
  url: string
}

export type Entity = MentionEntity | HashtagEntity | LinkEntity

export interface Extracted {
  /** Everything that is written differently from plain text, in order, never overlapping. */
  entities: Entity[]
  mentions: MentionEntity[]
  hashtags: HashtagEntity[]
  links: LinkEntity[]
  /** Shortcodes of `:emoji:` outside links, each once, without colons. */
  emojis: string[]
}

const MENTION =
  /(?<![=/\p{L}\p{M}\p{Nd}\p{Pc}])@(([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@((?:[\p{L}\p{M}\p{Nd}\p{Pc}]+[.-]+)*[\p{L}\p{M}\p{Nd}\p{Pc}]+(?::\d{4,5}(?!\d))?))?)/giu
// What follows an e-mail address, a longer word or an address, but never a mention.
const NOT_AFTER_MENTION = /[@＠\u00c0-\u024f]|:\/\//uy
const HASH = /(?<![=/)\p{L}\p{Nd}])[#＃]/gu
const EMOJI = /(?<![\p{L}\p{Nd}:]):([a-z0-9_]{2,64}):(?![\p{L}\p{Nd}:])/giu

/** Takes `text` apart; pure and linear. Mentions, tags and links follow Mastodon's rules, so that counts and links agree. */
export function extract(text: string): Extracted {
  const links = findLinks(text).map((link): Entity => ({ kind: 'link', ...link }))
  const entities = withoutOverlaps([...links, ...findMentions(text), ...findHashtags(text)])
  return {
    entities,
    mentions: entities.filter((entity) => entity.kind === 'mention'),
    hashtags: entities.filter((entity) => entity.kind === 'hashtag'),
    links: entities.filter((entity) => entity.kind === 'link'),
    emojis: findEmojis(text, entities),
  }
}

/** Shortcodes in a text without links, such as a display name; each once, without colons. */
export function extractEmojis(text: string): string[] {
  return findEmojis(text, [])
}

function findMentions(text: string): Entity[] {
  if (!text.includes('@')) return []
  const found: Entity[] = []
  for (const match of text.matchAll(MENTION)) {
    const [whole, handle = '', username = '', domain] = match
    const span = { start: match.index, end: match.index + whole.length }
    NOT_AFTER_MENTION.lastIndex = span.end
    if (NOT_AFTER_MENTION.test(text)) continue
    found.push({ kind: 'mention', ...span, handle, username, ...(domain === undefined ? {} : { domain }) })
  }
  return found
}

function findHashtags(text: string): Entity[] {
  const found: Entity[] = []
  for (const match of text.matchAll(HASH)) {
    const label = hashtagAt(text, match.index + 1)
    const name = label === undefined ? undefined : normalizeTag(label)
    if (label === undefined || name === undefined) continue
    const end = match.index + 1 + label.length
    if (!text.startsWith('://', end)) found.push({ kind: 'hashtag', start: match.index, end, label, name })
  }
  return found
}

function findEmojis(text: string, entities: readonly Span[]): string[] {
  if (!text.includes(':')) return []
  const found = new Set<string>()
  let next = 0
  for (const match of text.matchAll(EMOJI)) {
    while ((entities[next]?.end ?? Infinity) <= match.index) next++
    const entity = entities[next]
    if ((entity === undefined || entity.start > match.index) && match[1] !== undefined) found.add(match[1])
  }
  return [...found]
}

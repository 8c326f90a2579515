// Finds what a feed holds: the posts that everybody may read, and what is said of their author or hashtag.
import { isLetIn } from '../../domain/accounts/is-let-in.ts'
import { readSettings } from '../../domain/accounts/settings.ts'
import type { Context } from '../../domain/context.ts'
import { accountOfHandle } from '../../domain/federation/find-remote.ts'
import { accountTimeline } from '../../domain/timelines/account-timeline.ts'
import { choicesOf } from '../../domain/server/choices.ts'
import { tagTimeline } from '../../domain/timelines/tag-timeline.ts'
import { htmlToText } from '../../lib/html/plain-text.ts'
import { normalizeTag } from '../../lib/text/hashtag.ts'
import type { Account } from '../../model/account.ts'
import type { Config } from '../../platform/config.ts'
import type { Limits } from '../../platform/limits.ts'
import type { Feed } from './write/feed.ts'
import { writeEntry } from './write/entry.ts'

export interface FeedParts extends Context {
  readonly config: Config
  readonly limits: Pick<Limits, 'consume'>
}

/** What a feed's address asks for. */
export interface FeedWish {
  of: { kind: 'profile' | 'tag'; name: string }
  /** Only posts older than this one. */
  before?: number
}

const SIZE = 20

/** Undefined when nobody has this name, or does not want feeds: the two look the same. */
export async function findFeed(parts: FeedParts, wish: FeedWish): Promise<Feed | undefined> {
  return wish.of.kind === 'profile' ? profileFeed(parts, wish) : tagFeed(parts, wish)
}

function windowOf(wish: FeedWish): { limit: number; maxId?: number } {
  return { limit: SIZE, ...(wish.before === undefined ? {} : { maxId: wish.before }) }
}

/** Remote people publish their own feeds where they live. */
async function openAccount(parts: FeedParts, name: string): Promise<Account | undefined> {
  const account = await accountOfHandle(parts, name, '')
  if (!account || account.suspended_at !== null || account.deleted_at !== null) return undefined
  if (!(await isLetIn(parts, account))) return undefined
  return (await readSettings(parts, account.id)).publishFeeds ? account : undefined
}

async function profileFeed(parts: FeedParts, wish: FeedWish): Promise<Feed | undefined> {
  const account = await openAccount(parts, wish.of.name)
  if (!account) return undefined
  const what = { onlyMedia: false, withoutReplies: true, withoutBoosts: true, withoutDirect: true }
  const { views, edges } = await accountTimeline(
    parts,
    { account, viewerId: undefined },
    what,
    windowOf(wish),
  )
  const { urls } = parts
  const name = account.name === '' ? account.username : account.name
  return {
    id: account.uri,
    title: name,
    description: htmlToText(account.note, 500) || `@${account.username}@${parts.config.domain}`,
    page: urls.profile(account.username),
    picture: account.avatar_key === null ? urls.missingAvatar : urls.media(account.avatar_key),
    author: { name, page: urls.profile(account.username) },
    generator: { name: 'Folkmoot', version: parts.config.version },
    updatedAt: account.last_post_at ?? account.created_at,
    entries: views.map((view) => writeEntry(urls, view)),
    nextBefore: edges?.more === true ? edges.last : undefined,
  }
}

async function tagFeed(parts: FeedParts, wish: FeedWish): Promise<Feed | undefined> {
  const name = normalizeTag(wish.of.name)
  // A feed reader is a visitor: it has no token.
  if (name === undefined || choicesOf(parts).publicTimelines === 'members') return undefined
  const choice = { any: [name], all: [], none: [], reach: 'all', onlyMedia: false } as const
  const { views, edges } = await tagTimeline(parts, undefined, choice, windowOf(wish))
  const { urls, config } = parts
  return {
    id: urls.tag(name),
    title: `#${name} · ${config.title}`,
    description: `#${name}`,
    page: urls.tag(name),
    picture: undefined,
    author: undefined,
    generator: { name: 'Folkmoot', version: config.version },
    // A tag without posts has never changed.
    updatedAt: 0,
    entries: views.map((view) => writeEntry(urls, view)),
    nextBefore: views.length >= SIZE ? edges?.last : undefined,
  }
}

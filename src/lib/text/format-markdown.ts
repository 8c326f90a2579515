// Turns Markdown into HTML, with mentions, hashtags and addresses linked everywhere but in code and in links.
import markdownIt, { type StateInline } from 'markdown-it'
import { linkTargets } from '../html/link-targets.ts'
import { escapeHtml } from '../html/escape.ts'
import { sanitizeHtml } from '../html/sanitize.ts'
import { type Entity, extract, extractEmojis } from './extract.ts'
import { cleanText, type Formatted, references } from './format.ts'
import { type Resolve, writeEntity } from './write-entity.ts'

interface Env {
  resolve: Resolve
  /** What is found in each run of inline text, by that text. */
  cache: Map<string, Entity[]>
  entities: Entity[]
  emojis: Set<string>
}

const makeMarkdown = () =>
  markdownIt({ html: false, linkify: false, breaks: true, xhtmlOut: true, maxNesting: 20 })
    .disable(['image', 'table'])
    .use((md) => {
      md.inline.ruler.before('text', 'entity', readEntity)
      md.inline.ruler.at('text', readText)
      md.renderer.rules['entity'] = (tokens, at, _options, env) => showEntity(tokens[at]?.meta, env)
      md.renderer.rules['text'] = (tokens, at, _options, env) => showText(tokens[at]?.content ?? '', env)
    })

let markdown: ReturnType<typeof makeMarkdown> | undefined

// Everything that may begin something in Markdown, and line ends.
const SPECIAL = /[\n!#$%&*+\-:<=>@[\\\]^_`{}~]/g
const LINE_ENDS_AFTER_TAGS = /(<\/?(?:p|ul|ol|li|blockquote|pre|hr|h[1-6])\b[^>]*>|<br \/>)\n/g

/** Markdown (CommonMark with strikethrough; raw HTML is shown as text, no pictures) to sanitised HTML. */
export function formatMarkdown(text: string, resolve: Resolve): Formatted {
  const env: Env = { resolve, cache: new Map(), entities: [], emojis: new Set() }
  markdown ??= makeMarkdown()
  const rendered = markdown.render(cleanText(text), { ...env }).replace(LINE_ENDS_AFTER_TAGS, '$1')
  const found = {
    mentions: env.entities.filter((entity) => entity.kind === 'mention'),
    hashtags: env.entities.filter((entity) => entity.kind === 'hashtag'),
    links: [],
    emojis: [...env.emojis],
  }
  const html = sanitizeHtml(rendered).trim()
  return { ...references(found, resolve), html, links: linkTargets(html) }
}

function readEntity(state: StateInline, silent: boolean): boolean {
  if (state.linkLevel > 0) return false
  const entities = entitiesOf(state)
  const entity = entities[firstFrom(entities, state.pos)]
  if (entity === undefined || entity.start !== state.pos || entity.end > state.posMax) return false
  if (!silent) state.push('entity', '', 0).meta = { entity, raw: state.src.slice(entity.start, entity.end) }
  state.pos = entity.end
  return true
}

function readText(state: StateInline, silent: boolean): boolean {
  const entities = entitiesOf(state)
  const next = state.linkLevel > 0 ? undefined : entities[firstFrom(entities, state.pos + 1)]
  SPECIAL.lastIndex = state.pos
  const special = SPECIAL.exec(state.src)?.index ?? state.posMax
  const end = Math.min(special, next?.start ?? state.posMax, state.posMax)
  if (end === state.pos) return false
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
}

function entitiesOf(state: StateInline): Entity[] {
  const { cache } = readEnv(state.env)
  const known = cache.get(state.src)
  if (known !== undefined) return known
  const found = extract(state.src).entities.map(withoutMarks)
  cache.set(state.src, found)
  return found
}

/** Emphasis that ends right after an address does not belong to it. */
function withoutMarks(entity: Entity): Entity {
  if (entity.kind !== 'link') return entity
  const url = entity.url.replace(/[*_~]+$/, '')
  return { ...entity, url, end: entity.start + url.length }
}

/** The first entity that begins at `pos` or later. */
function firstFrom(entities: readonly Entity[], pos: number): number {
  let low = 0
  let high = entities.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entities[middle]?.start ?? pos) < pos) low = middle + 1
    else high = middle
  }
  return low
}

function showEntity(meta: unknown, env: unknown): string {
  const { resolve, entities } = readEnv(env)
  const { entity, raw } = meta as { entity: Entity; raw: string }
  entities.push(entity)
  return writeEntity(entity, raw, resolve)
}

function showText(content: string, env: unknown): string {
  for (const emoji of extractEmojis(content)) readEnv(env).emojis.add(emoji)
  return escapeHtml(content)
}

function readEnv(env: unknown): Env {
  return env as Env
}

// The addresses of feeds, with what spares both sides work: kept renderings, and "nothing new" for those who ask again.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context as HonoContext, Hono } from 'hono'
import { createLru } from '../../lib/lru.ts'
import type { Lru } from '../../lib/lru.ts'
import { parseId } from '../../lib/id.ts'
import type { Client } from '../../platform/http-server.ts'
import { findFeed } from './find-feed.ts'
import type { FeedParts, FeedWish } from './find-feed.ts'
import { TYPES } from './formats.ts'
import type { Format } from './formats.ts'
import { changedAt } from './write/feed.ts'

/** Feed readers ask in crowds, at the full hour. */
const KEEP_MS = 15_000
const MOST_KEPT = 200
const LIMIT = { limit: 300, periodSeconds: 300 }

interface Kept {
  text: string
  tag: string
  changedAt: number
}

interface Door {
  parts: FeedParts
  kept: Lru<string, Promise<Kept | undefined>>
}

const squeeze = promisify(gzip)

async function render(
  { parts }: Door,
  path: string,
  wish: FeedWish,
  format: Format,
): Promise<Kept | undefined> {
  const feed = await findFeed(parts, wish)
  if (!feed) return undefined
  const base = `${parts.config.origin}${path}`
  // The library behind it is loaded for the first feed that somebody asks for.
  const { WRITERS } = await import('./write/documents.ts')
  const text = WRITERS[format](feed, {
    self: wish.before === undefined ? base : `${base}?before=${wish.before}`,
    next: feed.nextBefore === undefined ? undefined : `${base}?before=${feed.nextBefore}`,
  })
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  return { text, tag, changedAt: changedAt(feed) }
}

function renderOnce(door: Door, path: string, wish: FeedWish, format: Format): Promise<Kept | undefined> {
  const key = `${path} ${wish.before ?? ''}`
  const known = door.kept.get(key)
  if (known) return known
  const fresh = render(door, path, wish, format)
  door.kept.set(key, fresh)
  fresh.catch(() => door.kept.delete(key))
  return fresh
}

/** The tag counts when both are sent (RFC 9110). */
function isKnown(c: HonoContext, kept: Kept): boolean {
  const tags = c.req.header('if-none-match')
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === kept.tag)
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  return !Number.isNaN(since) && Math.floor(kept.changedAt / 1000) * 1000 <= since
}

async function send(c: HonoContext, kept: Kept, format: Format): Promise<Response> {
  const headers: Record<string, string> = {
    'cache-control': 'public, max-age=300, stale-while-revalidate=600',
    etag: kept.tag,
    vary: 'Accept-Encoding',
    'access-control-allow-origin': '*',
    ...(kept.changedAt > 0 ? { 'last-modified': new Date(kept.changedAt).toUTCString() } : {}),
  }
  if (isKnown(c, kept)) return new Response(null, { status: 304, headers })
  headers['content-type'] = `${TYPES[format]}; charset=utf-8`
  headers['x-content-type-options'] = 'nosniff'
  headers['content-security-policy'] = "default-src 'none'; sandbox"
  if (!(c.req.header('accept-encoding') ?? '').includes('gzip')) return new Response(kept.text, { headers })
  headers['content-encoding'] = 'gzip'
  return new Response(new Uint8Array(await squeeze(kept.text, { level: 5 })), { headers })
}

async function isTooOften({ config, limits }: FeedParts, c: HonoContext): Promise<boolean> {
  if (!config.rateLimits) return false
  const key = (c.env as { client?: Client } | undefined)?.client?.key ?? 'unknown'
  return !(await limits.consume('feeds', key, LIMIT)).allowed
}

async function answer(door: Door, c: HonoContext, of: FeedWish['of'], format: Format): Promise<Response> {
  if (await isTooOften(door.parts, c))
    return c.text('Too many requests. Ask again in a few minutes.', 429, { 'retry-after': '300' })
  const before = parseId(c.req.query('before') ?? '')
  const wish = { of, ...(before === undefined ? {} : { before }) }
  const kept = await renderOnce(door, new URL(c.req.url).pathname, wish, format)
  return kept ? send(c, kept, format) : c.text('There is no feed at this address.', 404)
}

export function addFeedRoutes(server: Hono, parts: FeedParts): void {
  const door: Door = { parts, kept: createLru({ max: MOST_KEPT, ttl: KEEP_MS }) }
  for (const format of Object.keys(TYPES) as Format[]) {
    const ending = `.${format}`
    const nameOf = (c: HonoContext): string => (c.req.param('file') ?? '').slice(0, -ending.length)
    server.get(`/:file{@[A-Za-z0-9_.-]+\\.${format}}`, (c) =>
      answer(door, c, { kind: 'profile', name: nameOf(c).slice(1) }, format),
    )
    server.get(`/tags/:file{[^/]+\\.${format}}`, (c) =>
      answer(door, c, { kind: 'tag', name: nameOf(c).slice(0, 300) }, format),
    )
  }
}

// Finds posts by words and operators among those that the reader may see and that may be found.
import type { Context } from '../context.ts'
import { parseSearchQuery } from '../../lib/text/search-query.ts'
import type { SearchQuery } from '../../lib/text/search-query.ts'
import { parseHandle } from '../../lib/text/handle.ts'
import { idFloor } from '../../lib/id.ts'
import { dialectOf } from '../../store/open.ts'
import { findByHandle } from '../../store/accounts.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import type { PostView } from '../../model/post-view.ts'

export interface PostSearch {
  query: string
  viewerId: number
  limit: number
  offset: number
  maxId?: number
  minId?: number
  /** Only posts by this account. */
  accountId?: number
}

/** How many matches are looked through for one answer at most. */
const MOST_LOOKED_AT = 2000
const STEP = 200

/** Newest first. Own posts, posts that name or were kept by the reader, and open posts of authors who agreed to be found. */
export async function searchPosts(ctx: Context, search: PostSearch): Promise<PostView[]> {
  const parsed = parseSearchQuery(search.query)
  const words = wordsOf(parsed)
  if (words === '') return []
  const db = ctx.store.read
  const fromIds = await authorsOf(ctx, parsed.from, search)
  if (fromIds?.size === 0) return []
  const found: PostView[] = []
  let before = Math.min(
    search.maxId ?? Number.MAX_SAFE_INTEGER,
    parsed.until === undefined ? Number.MAX_SAFE_INTEGER : idFloor(parsed.until),
  )
  const floor = Math.max(search.minId ?? 0, parsed.since === undefined ? 0 : idFloor(parsed.since) - 1)
  for (
    let looked = 0;
    looked < MOST_LOOKED_AT && found.length < search.limit + search.offset;
    looked += STEP
  ) {
    const ids = await dialectOf(db).searchIds(db, 'post_search', { query: words, before, limit: STEP })
    const inRange = ids.filter((id) => id > floor)
    const views = await wantedPosts(db, { viewerId: search.viewerId, now: ctx.clock.now() }, inRange)
    found.push(...views.filter((view) => mayBeFound(view, search.viewerId) && fits(view, parsed, fromIds)))
    before = ids.at(-1) ?? 0
    if (ids.length < STEP || inRange.length < ids.length) break
  }
  return found.slice(search.offset, search.offset + search.limit)
}

function wordsOf(parsed: SearchQuery): string {
  return [
    ...parsed.words,
    ...parsed.phrases.map((phrase) => `"${phrase}"`),
    ...parsed.notWords.map((word) => `-${word}`),
    ...parsed.notPhrases.map((phrase) => `-"${phrase}"`),
  ].join(' ')
}

/** The accounts that `from:` names; undefined when anybody will do. */
async function authorsOf(
  ctx: Context,
  from: readonly string[],
  search: PostSearch,
): Promise<Set<number> | undefined> {
  if (from.length === 0) return search.accountId === undefined ? undefined : new Set([search.accountId])
  const ids = new Set<number>()
  for (const text of from.slice(0, 10)) {
    const handle = parseHandle(text)
    if (text === 'me') ids.add(search.viewerId)
    else if (handle) {
      const domain = handle.domain === ctx.config.domain ? '' : (handle.domain ?? '')
      const account = await findByHandle(ctx.store.read, handle.username, domain)
      if (account) ids.add(account.id)
    }
  }
  return ids
}

function mayBeFound(view: PostView, viewerId: number): boolean {
  const { post, marks, author } = view
  if (post.account_id === viewerId || author.account.indexable === 1) return true
  if (marks && (marks.liked || marks.boosted || marks.bookmarked)) return true
  return view.mentions.some((mention) => mention.accountId === viewerId)
}

function fits(view: PostView, parsed: SearchQuery, fromIds: ReadonlySet<number> | undefined): boolean {
  const { post } = view
  if (fromIds && !fromIds.has(post.account_id)) return false
  if (parsed.language.length > 0 && !parsed.language.includes(post.language ?? '')) return false
  const has: Record<string, boolean> = {
    media: view.media.length > 0,
    image: view.media.some((media) => media.kind === 'image' || media.kind === 'gifv'),
    video: view.media.some((media) => media.kind === 'video'),
    audio: view.media.some((media) => media.kind === 'audio'),
    poll: view.poll !== undefined,
    link: view.card !== undefined,
    quote: view.quote !== undefined,
    embed: view.card !== undefined,
  }
  const is: Record<string, boolean> = {
    reply: post.in_reply_to_id !== null || post.in_reply_to_uri !== null,
    sensitive: post.sensitive === 1,
    quote: view.quote !== undefined,
  }
  return (
    parsed.has.every((word) => has[word] ?? true) &&
    parsed.notHas.every((word) => !(has[word] ?? false)) &&
    parsed.is.every((word) => is[word] ?? true) &&
    parsed.notIs.every((word) => !(is[word] ?? false))
  )
}

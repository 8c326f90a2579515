// Finds posts by words and operators among those that the reader may see and that may be found.
import type { Context } from '../context.ts'
import { parseSearchQuery } from '../../lib/text/search-query.ts'
import type { SearchQuery } from '../../lib/text/search-query.ts'
import { idFloor } from '../../lib/id.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import type { PostView } from '../../model/post-view.ts'
import { accountsNamed, candidatesFor } from './candidates.ts'
import { fits, mayBeFound } from './fits.ts'
import type { Named } from './fits.ts'

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

async function namedIn(ctx: Context, parsed: SearchQuery, search: PostSearch): Promise<Named> {
  const one = search.accountId === undefined ? undefined : new Set([search.accountId])
  return {
    from: (await accountsNamed(ctx, parsed.from, search.viewerId)) ?? one,
    notFrom: await accountsNamed(ctx, parsed.notFrom, search.viewerId),
  }
}

/** Newest first. Own posts, posts that name or were kept by the reader, and open posts of authors who agreed to be found. */
export async function searchPosts(ctx: Context, search: PostSearch): Promise<PostView[]> {
  const parsed = parseSearchQuery(search.query)
  const named = await namedIn(ctx, parsed, search)
  if (named.from?.size === 0) return []
  const candidates = candidatesFor(ctx, parsed, named.from)
  if (!candidates) return []
  const { viewerId } = search
  const reader = { viewerId, now: ctx.clock.now() }
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
    const ids = await candidates(before, STEP)
    const inRange = ids.filter((id) => id > floor)
    const views = await wantedPosts(ctx.store.read, reader, inRange)
    found.push(...views.filter((view) => mayBeFound(view, viewerId, parsed.in) && fits(view, parsed, named)))
    before = ids.at(-1) ?? 0
    if (ids.length < STEP || inRange.length < ids.length) break
  }
  return found.slice(search.offset, search.offset + search.limit)
}

// Where posts that a search may mean come from, newest first, a step at a time.
import type { Context } from '../context.ts'
import { parseHandle } from '../../lib/text/handle.ts'
import type { SearchQuery } from '../../lib/text/search-query.ts'
import { findByHandle } from '../../store/accounts.ts'
import { dialectOf } from '../../store/open.ts'
import { pageAccountPosts, pagePublic } from '../../store/timelines.ts'

/** Ids below `before`, newest first; fewer than `limit` are the last ones. */
export type Candidates = (before: number, limit: number) => Promise<number[]>

export function wordsOf(parsed: SearchQuery): string {
  return [
    ...parsed.words,
    ...parsed.phrases.map((phrase) => `"${phrase}"`),
    ...parsed.notWords.map((word) => `-${word}`),
    ...parsed.notPhrases.map((phrase) => `-"${phrase}"`),
  ].join(' ')
}

function narrows(parsed: SearchQuery): boolean {
  const lists = [parsed.has, parsed.is, parsed.language, parsed.notHas, parsed.notIs, parsed.notFrom]
  return (
    lists.some((list) => list.length > 0) ||
    parsed.since !== undefined ||
    parsed.until !== undefined ||
    parsed.in !== undefined
  )
}

/**
 * With words, what the index of words knows. Without, but with authors, what they posted; with other operators alone, the
 * public timeline. Undefined when nothing was asked for.
 */
export function candidatesFor(
  ctx: Context,
  parsed: SearchQuery,
  authors: ReadonlySet<number> | undefined,
): Candidates | undefined {
  const db = ctx.store.read
  const words = wordsOf(parsed)
  if (words !== '')
    return (before, limit) => dialectOf(db).searchIds(db, 'post_search', { query: words, before, limit })
  if (authors) return (before, limit) => byAuthors(ctx, [...authors], before, limit)
  if (!narrows(parsed)) return undefined
  return (before, limit) => pagePublic(db, { reach: 'all', onlyMedia: false }, { limit, maxId: before })
}

async function byAuthors(
  ctx: Context,
  authors: readonly number[],
  before: number,
  limit: number,
): Promise<number[]> {
  const choice = { onlyMedia: false, withoutReplies: false, withoutBoosts: true }
  const pages = await Promise.all(
    authors.map((accountId) =>
      pageAccountPosts(ctx.store.read, { ...choice, accountId }, { limit, maxId: before }),
    ),
  )
  return pages
    .flat()
    .toSorted((one, other) => other - one)
    .slice(0, limit)
}

/** The accounts that names stand for (`me` is the asker); undefined when none were given. */
export async function accountsNamed(
  ctx: Context,
  names: readonly string[],
  viewerId: number,
): Promise<Set<number> | undefined> {
  if (names.length === 0) return undefined
  const ids = new Set<number>()
  for (const text of names.slice(0, 10)) {
    const handle = parseHandle(text)
    if (text === 'me') ids.add(viewerId)
    else if (handle) {
      const domain = handle.domain === ctx.config.domain ? '' : (handle.domain ?? '')
      const account = await findByHandle(ctx.store.read, handle.username, domain)
      if (account) ids.add(account.id)
    }
  }
  return ids
}

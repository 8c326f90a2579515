// Reads somebody's own filters and changes them in one transaction, whereupon what they read is judged anew.
import type { Filter, FilteredPost, FilterKeyword } from '../../model/filter.ts'
import { notFound } from '../../model/refusal.ts'
import { listFilters } from '../../store/filters.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import { forgetReaders } from '../posts/reader-memory.ts'
import type { Tx } from '../ports.ts'

/** In the order in which they were made, ended ones included. */
export async function ownFilters(ctx: Context, accountId: number): Promise<Filter[]> {
  return listFilters(ctx.store.read, accountId)
}

/** One of somebody's filters; refuses with "not found" when it is another's. */
export async function ownFilter(ctx: Context, accountId: number, id: number): Promise<Filter> {
  return filterAmong(await ownFilters(ctx, accountId), id)
}

export function filterAmong(filters: readonly Filter[], id: number): Filter {
  const filter = filters.find((one) => one.id === id)
  if (!filter) throw notFound()
  return filter
}

export async function ownKeyword(ctx: Context, accountId: number, id: number): Promise<FilterKeyword> {
  return keywordAmong(await ownFilters(ctx, accountId), id)
}

export function keywordAmong(filters: readonly Filter[], id: number): FilterKeyword {
  const keyword = filters.flatMap((filter) => filter.keywords).find((one) => one.id === id)
  if (!keyword) throw notFound()
  return keyword
}

export async function ownFilteredPost(ctx: Context, accountId: number, id: number): Promise<FilteredPost> {
  return filteredPostAmong(await ownFilters(ctx, accountId), id)
}

export function filteredPostAmong(filters: readonly Filter[], id: number): FilteredPost {
  const post = filters.flatMap((filter) => filter.posts).find((one) => one.id === id)
  if (!post) throw notFound()
  return post
}

/** Does `work` with the account's filters as they are, whereupon their posts are judged anew. */
export async function changeFilters<T>(
  ctx: Context,
  accountId: number,
  work: (tx: Tx, filters: Filter[]) => Promise<T>,
): Promise<T> {
  return ctx.store.write(async (tx) => {
    const result = await work(tx, await listFilters(tx, accountId))
    forgetReaders(ctx, tx, [accountId])
    afterCommit(tx, () => ctx.live.publish(`home:${accountId}`, { event: 'filters-changed', id: accountId }))
    return result
  })
}

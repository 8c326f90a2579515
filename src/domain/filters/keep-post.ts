// Puts single posts under a filter, and takes them out again.
import type { FilteredPost } from '../../model/filter.ts'
import { Refusal } from '../../model/refusal.ts'
import { deleteFilteredPost, insertFilteredPost } from '../../store/filters.ts'
import type { Context } from '../context.ts'
import { viewPost } from '../posts/view-posts.ts'
import { FILTER_LIMITS } from './limits.ts'
import { changeFilters, filterAmong, filteredPostAmong } from './own-filters.ts'

/** Refuses posts that the owner may not see. */
export async function addFilteredPost(
  ctx: Context,
  owned: { accountId: number; filterId: number },
  postId: number,
): Promise<FilteredPost> {
  return changeFilters(ctx, owned.accountId, async (tx, filters) => {
    const filter = filterAmong(filters, owned.filterId)
    await viewPost(tx, owned.accountId, postId)
    if (filter.posts.some((post) => post.postId === postId))
      throw new Refusal('invalid', 'Validation failed: Status has already been taken')
    if (filter.posts.length >= FILTER_LIMITS.posts)
      throw new Refusal('invalid', `A filter can have at most ${FILTER_LIMITS.posts} posts`)
    const added = { id: ctx.ids.next(), filterId: filter.id, postId }
    await insertFilteredPost(tx, added)
    return added
  })
}

export async function removeFilteredPost(ctx: Context, accountId: number, id: number): Promise<void> {
  await changeFilters(ctx, accountId, (tx, filters) =>
    deleteFilteredPost(tx, filteredPostAmong(filters, id).id),
  )
}

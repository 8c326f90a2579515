// Finds what a boost stands for: its original in everything but being deleted.
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'

/** The id of what is boosted; the same id for posts that are no boosts, and for those that do not exist. */
export async function findOriginalId(ctx: Context, postId: number): Promise<number> {
  const found = await findPost(ctx.store.read, postId)
  return found?.boost_of_id ?? postId
}

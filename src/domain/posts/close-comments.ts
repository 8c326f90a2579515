// Closes and opens the comments of a thread, as moderators of groups elsewhere do.
import { findPost, updatePost } from '../../store/posts.ts'
import type { Context } from '../context.ts'

/** `byId` is the author, or the group that the post was posted to; false for anybody else, and where nothing changes. */
export async function closeComments(
  ctx: Context,
  { postId, byId, isClosed }: { postId: number; byId: number; isClosed: boolean },
): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const post = await findPost(tx, postId)
    if (!post || (post.account_id !== byId && post.group_id !== byId)) return false
    if ((post.comments_closed === 1) === isClosed) return false
    await updatePost(tx, postId, { comments_closed: isClosed ? 1 : 0 })
    return true
  })
}

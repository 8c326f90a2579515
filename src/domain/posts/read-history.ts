// Reads the versions of a post: the earlier ones, and the post as it is.
import type { PostVersion, PostView } from '../../model/post-view.ts'
import { listEdits } from '../../store/post-edits.ts'
import type { Context } from '../context.ts'
import { originalOf, viewPost } from './view-posts.ts'

const MOST_EDITS = 200

/** Earlier versions, oldest first; none for a post that was never edited. */
export async function readHistory(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
): Promise<{ view: PostView; edits: PostVersion[] }> {
  const view = originalOf(await viewPost(ctx.store.read, viewerId, postId))
  return { view, edits: await listEdits(ctx.store.read, view.post.id, MOST_EDITS) }
}

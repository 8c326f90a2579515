// Lists who liked a post, the last one first, for those who may see it.
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageLikers } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { originalOf, viewPost } from '../posts/view-posts.ts'

export async function listLikers(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
  window: IdWindow,
): Promise<FollowEdge[]> {
  const view = originalOf(await viewPost(ctx.store.read, viewerId, postId))
  return pageLikers(ctx.store.read, view.post.id, window)
}

// Lists who boosted a post, the last one first, for those who may see it.
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageBoosters } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { originalOf, viewPost } from './view-posts.ts'

export async function listBoosters(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
  window: IdWindow,
): Promise<FollowEdge[]> {
  const view = originalOf(await viewPost(ctx.store.read, viewerId, postId))
  return pageBoosters(ctx.store.read, view.post.id, window)
}

// Reads the posts that quote a post, the last one first, for those who may see it.
import { edgesOf } from '../../model/page.ts'
import type { IdWindow } from '../../model/page.ts'
import { pageQuotes } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import type { TimelinePage } from '../timelines/read-timeline.ts'
import { originalOf, viewPost } from './view-posts.ts'

export async function listQuotes(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const view = originalOf(await viewPost(db, viewerId, postId))
  const ids = await pageQuotes(db, view.post.id, window)
  return {
    views: await wantedPosts(db, { viewerId, now: ctx.clock.now() }, ids),
    edges: edgesOf(ids, (id) => id, window.limit),
  }
}

// Reads the posts that somebody favourited, the last one first.
import { edgesOf } from '../../model/page.ts'
import type { IdWindow } from '../../model/page.ts'
import { pageLiked } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { viewPosts } from '../posts/view-posts.ts'
import type { TimelinePage } from './read-timeline.ts'

/** The window is over the marks, not over the posts. */
export async function likedTimeline(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<TimelinePage> {
  const rows = await pageLiked(ctx.store.read, accountId, window)
  const ids = rows.map((row) => row.id)
  return {
    views: await viewPosts(ctx.store.read, accountId, ids),
    edges: edgesOf(rows, (row) => row.cursor, window.limit),
  }
}

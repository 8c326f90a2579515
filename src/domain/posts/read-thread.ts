// Reads the thread around a post: what it answers, and what answers it.
import type { PostView } from '../../model/post-view.ts'
import { findAncestors, findDescendants } from '../../store/threads.ts'
import type { Context } from '../context.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import { originalOf, viewPost, viewPosts } from './view-posts.ts'

const FOR_USERS = { ancestors: 4096, descendants: 4096, depth: 4096 }
const FOR_ANYBODY = { ancestors: 40, descendants: 60, depth: 20 }

export interface Thread {
  /** Oldest first. */
  ancestors: PostView[]
  /** Each followed by its answers. */
  descendants: PostView[]
}

/** What is missing of the thread is fetched from other servers in the background. */
export async function readThread(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
): Promise<Thread> {
  const db = ctx.store.read
  const view = originalOf(await viewPost(db, viewerId, postId))
  const limits = viewerId === undefined ? FOR_ANYBODY : FOR_USERS
  const above = await findAncestors(db, view.post.id, limits.ancestors)
  const below = await findDescendants(db, view.post.id, limits)
  const ancestors = await viewPosts(db, viewerId, above)
  const descendants = await wantedPosts(db, { viewerId, now: ctx.clock.now() }, below)
  await ctx.remote.completeThreadSoon?.(view.post.id)
  return { ancestors, descendants: connected(view, descendants) }
}

/** Leaves out answers to posts that the reader does not see: they would hang in the air. */
function connected(root: PostView, views: readonly PostView[]): PostView[] {
  const shown = new Set([root.post.id])
  return views.filter((view) => {
    if (view.post.in_reply_to_id === null || !shown.has(view.post.in_reply_to_id)) return false
    shown.add(view.post.id)
    return true
  })
}

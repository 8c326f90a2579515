// Shows moderators the posts that somebody reported to them, whoever these were for.
import type { Standing } from '../../model/audience.ts'
import type { PostView } from '../../model/post-view.ts'
import type { Context } from '../context.ts'
import { loadSharedPage } from '../posts/shared-posts.ts'
import { composeView } from '../posts/view-posts.ts'

const MODERATING: Standing = {
  viewerId: undefined,
  viewerIsLocal: true,
  follows: false,
  isRecipient: false,
  isGroupMember: false,
  blockedByAuthor: false,
  authorGone: false,
  isModerating: true,
}

/** Whoever calls this has made sure that a moderator asks, about posts that a report names. */
export async function viewReportedPosts(ctx: Context, ids: readonly number[]): Promise<PostView[]> {
  if (ids.length === 0) return []
  const shared = await loadSharedPage(ctx.store.read, [...new Set(ids)])
  const standings = new Map([...shared.keys()].map((id) => [id, MODERATING]))
  const own = { standings, ownVotes: new Map(), marks: new Map() }
  return [...new Set(ids)].flatMap((id) => composeView(shared, own, undefined, id) ?? [])
}

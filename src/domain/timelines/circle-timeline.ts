// Reads what the people of a circle post, and what their owner posted to it.
import type { IdWindow } from '../../model/page.ts'
import { pageCircleHome, pageCirclePosts } from '../../store/circles.ts'
import { findOwnCircle } from '../circles/find-own-circle.ts'
import type { Context } from '../context.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

/** people: the posts of its members in their reader's home; posts: what was shared with the circle. */
export type CircleSide = 'people' | 'posts'

/** Refuses with "not found" what is not a circle of this account. */
export async function circleTimeline(
  ctx: Context,
  owner: { accountId: number; circleId: number },
  side: CircleSide,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const circle = await findOwnCircle(ctx, owner.accountId, owner.circleId)
  const reader = { viewerId: owner.accountId, now: ctx.clock.now() }
  return readTimeline(
    db,
    reader,
    (next) => (side === 'people' ? pageCircleHome(db, circle, next) : pageCirclePosts(db, circle.id, next)),
    window,
  )
}

// An event that a post announces, with who comes, as one reader sees it.
import { notFound } from '../../model/refusal.ts'
import { findAnswer, findEvent } from '../../store/events.ts'
import type { EventAnswer, EventRow } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { viewPost } from '../posts/view-posts.ts'

export interface EventView {
  event: EventRow
  own: EventAnswer | undefined
}

/** Refuses as "not found" what is no event, or not for the reader. */
export async function readEvent(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
): Promise<EventView> {
  const db = ctx.store.read
  const view = await viewPost(db, viewerId, postId)
  const id = (view.boostOf ?? view).post.id
  const event = await findEvent(db, id)
  if (!event) throw notFound()
  const own = viewerId === undefined ? undefined : await findAnswer(db, id, viewerId)
  return { event, own: own as EventAnswer | undefined }
}

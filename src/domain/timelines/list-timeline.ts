// Reads the timeline of a list of people.
import type { IdWindow } from '../../model/page.ts'
import { pageFeed } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { findOwnList } from '../lists/find-own-list.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

/** Refuses with "not found" what is not a list of this account. */
export async function listTimeline(
  ctx: Context,
  accountId: number,
  listId: number,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const list = await findOwnList(ctx, accountId, listId)
  const reader = { viewerId: accountId, now: ctx.clock.now() }
  return readTimeline(db, reader, (next) => pageFeed(db, list.id, next), window)
}

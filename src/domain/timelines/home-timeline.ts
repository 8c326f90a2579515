// Reads somebody's home timeline.
import type { IdWindow } from '../../model/page.ts'
import { pageFeed } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

export function homeTimeline(ctx: Context, accountId: number, window: IdWindow): Promise<TimelinePage> {
  const db = ctx.store.read
  const reader = { viewerId: accountId, now: ctx.clock.now() }
  return readTimeline(db, reader, (next) => pageFeed(db, accountId, next), window)
}

// Reads the public timeline: what everybody here, elsewhere, or both wrote for all.
import type { IdWindow } from '../../model/page.ts'
import { pagePublic } from '../../store/timelines.ts'
import type { PublicChoice, Reach } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { publicReader } from './public-reader.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

export type { PublicChoice, Reach }

export async function publicTimeline(
  ctx: Context,
  viewerId: number | undefined,
  choice: PublicChoice,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const reader = await publicReader(ctx, viewerId)
  return readTimeline(db, reader, (next) => pagePublic(db, choice, next), window)
}

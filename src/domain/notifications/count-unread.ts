// Counts notifications that are newer than the reading mark.
import type { NotificationChoice } from '../../model/notification.ts'
import { findMarkers } from '../../store/markers.ts'
import { pageNotifications } from '../../store/notification-views.ts'
import type { Context } from '../context.ts'

/** Counted up to `limit`. */
export async function countUnread(ctx: Context, choice: NotificationChoice, limit: number): Promise<number> {
  const db = ctx.store.read
  const [marker] = await findMarkers(db, choice.accountId, ['notifications'])
  const window = { limit, ...(marker ? { sinceId: marker.last_read_id } : {}) }
  return (await pageNotifications(db, choice, window)).length
}

// Reads somebody's notifications, newest first.
import type { Notification, NotificationChoice } from '../../model/notification.ts'
import type { IdWindow } from '../../model/page.ts'
import { findNotification, pageNotifications } from '../../store/notification-views.ts'
import type { Context } from '../context.ts'

export async function readNotifications(
  ctx: Context,
  choice: NotificationChoice,
  window: IdWindow,
): Promise<Notification[]> {
  return pageNotifications(ctx.store.read, choice, window)
}

/** Undefined when there is none, or it is somebody else's. */
export async function readNotification(
  ctx: Context,
  accountId: number,
  id: number,
): Promise<Notification | undefined> {
  return findNotification(ctx.store.read, accountId, id)
}

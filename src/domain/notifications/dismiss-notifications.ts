// Removes notifications, one or all, at their reader's wish.
import {
  clearNotifications as deleteAll,
  dismissNotification as deleteOne,
} from '../../store/notification-views.ts'
import type { Context } from '../context.ts'

/** One that is gone already, or somebody else's, is no error. */
export async function dismissNotification(ctx: Context, accountId: number, id: number): Promise<void> {
  await ctx.store.write((tx) => deleteOne(tx, accountId, id))
}

export async function clearNotifications(ctx: Context, accountId: number): Promise<void> {
  await ctx.store.write((tx) => deleteAll(tx, accountId))
}

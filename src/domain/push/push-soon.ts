// Has new notifications pushed to the apps that asked for it, by one job per app.
import { listSubscriptions } from '../../store/push-subscriptions.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export const PUSH_QUEUE = 'push'
export const PUSH_KIND = 'push-notification'

export interface PushJob {
  subscriptionId: number
  accountId: number
  notificationId: number
}

/** `added` are notifications that are shown to their readers. */
export async function pushSoon(
  ctx: Context,
  tx: Tx,
  added: readonly { id: number; accountId: number }[],
): Promise<void> {
  const subscriptions = await listSubscriptions(
    tx,
    added.map((one) => one.accountId),
  )
  for (const subscription of subscriptions) {
    for (const { id, accountId } of added) {
      if (accountId !== subscription.accountId) continue
      const payload: PushJob = { subscriptionId: subscription.id, accountId, notificationId: id }
      await ctx.jobs.add(tx, { queue: PUSH_QUEUE, kind: PUSH_KIND, payload })
    }
  }
}

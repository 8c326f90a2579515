// Reads and changes what somebody decided about notifications of strangers.
import { findPolicy, setPolicy } from '../../store/notification-policies.ts'
import { countRequests } from '../../store/notification-requests.ts'
import type { Context } from '../context.ts'
import { readPolicy } from './notification-policy.ts'
import type { NotificationPolicy } from './notification-policy.ts'

/** With how many requests (counted up to 100) wait, and the notifications in them. */
export interface PolicyView {
  policy: NotificationPolicy
  pending: { requests: number; notifications: number }
}

const MOST_COUNTED = 100

export async function viewPolicy(ctx: Context, accountId: number): Promise<PolicyView> {
  const db = ctx.store.read
  const policy = readPolicy(await findPolicy(db, accountId))
  return { policy, pending: await countRequests(db, accountId, MOST_COUNTED) }
}

/** What the change leaves out stays as it is. */
export async function changePolicy(
  ctx: Context,
  accountId: number,
  change: Partial<NotificationPolicy>,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const policy = readPolicy(await findPolicy(tx, accountId))
    await setPolicy(tx, accountId, JSON.stringify({ ...policy, ...change }))
  })
}

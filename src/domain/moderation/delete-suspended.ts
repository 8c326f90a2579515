// Deletes what a suspended account left: at once when an administrator says so, otherwise when its thirty days are over.
import { Refusal } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { cancelRemoval, findRemoval, planRemoval } from '../../store/moderation/account-list.ts'
import { clearDeeds } from '../accounts/clear-deeds.ts'
import { deleteAccount } from '../accounts/delete-account.ts'
import type { Context } from '../context.ts'
import { NOT_ALLOWED, requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { lockTarget, nameOf } from './change-standing.ts'
import { logAction } from './log-action.ts'
import { MODERATION_QUEUE } from './moderate-account.ts'

export const REMOVE_SUSPENDED = 'remove-suspended'

/** Only accounts that are suspended, and whose data wait to be deleted. */
export async function deleteSuspended(ctx: Context, actor: Actor, accountId: number): Promise<void> {
  requirePermission(actor, 'delete-user-data')
  await ctx.store.write(async (tx) => {
    const { account } = await lockTarget(tx, actor, accountId)
    if (account.suspended_at === null || (await findRemoval(tx, accountId)) === undefined)
      throw new Refusal('forbidden', NOT_ALLOWED)
    await cancelRemoval(tx, accountId)
    await planRemoval(tx, accountId, ctx.clock.now())
    await ctx.jobs.add(tx, { queue: MODERATION_QUEUE, kind: REMOVE_SUSPENDED, payload: { accountId } })
    await logAction(ctx, tx, actor, {
      action: 'delete',
      kind: 'account',
      id: accountId,
      detail: nameOf(account),
    })
  })
}

/** Does nothing for accounts whose suspension ended meanwhile, or whose time has not come. May run twice. */
export async function removeSuspended(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  const dueAt = await findRemoval(ctx.store.read, accountId)
  if (!account || account.suspended_at === null) return
  if (dueAt === undefined || dueAt > ctx.clock.now()) return
  if (account.domain === '') await deleteAccount(ctx, accountId)
  else await clearDeeds(ctx, accountId)
  await ctx.store.write(async (tx) => {
    await cancelRemoval(tx, accountId)
  })
}

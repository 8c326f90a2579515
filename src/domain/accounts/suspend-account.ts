// Suspends accounts, ours and those of other servers, and ends suspensions: for the command line.
import type { Context } from '../context.ts'
import { liftStanding, lockTarget, nameOf, takeStanding } from '../moderation/change-standing.ts'
import { logAction } from '../moderation/log-action.ts'

/** A suspended person of this server is signed out everywhere. False when the account was suspended already. */
export async function suspendAccount(ctx: Context, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const target = await lockTarget(tx, undefined, accountId)
    const deed = {
      action: 'suspend',
      kind: 'account',
      id: accountId,
      detail: nameOf(target.account),
    } as const
    await logAction(ctx, tx, undefined, deed)
    return takeStanding(ctx, tx, target, 'suspend')
  })
}

/** False when the account was not suspended. */
export async function unsuspendAccount(ctx: Context, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const target = await lockTarget(tx, undefined, accountId)
    if (!(await liftStanding(ctx, tx, target, 'suspend'))) return false
    const detail = nameOf(target.account)
    await logAction(ctx, tx, undefined, { action: 'unsuspend', kind: 'account', id: accountId, detail })
    return true
  })
}

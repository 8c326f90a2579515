// Suspends accounts, ours and those of other servers, and ends suspensions.
import { notFound } from '../../model/refusal.ts'
import { findAccount, updateAccount } from '../../store/accounts.ts'
import { deleteSessions } from '../../store/sessions.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { revokeAllTokens } from '../sign-in/tokens.ts'

/** A suspended person of this server is signed out everywhere. False when the account was suspended already. */
export async function suspendAccount(ctx: Context, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account || account.deleted_at !== null) throw notFound()
    // Whoever was suspended by a rule about the domain, or by the own server, stays so when that ends.
    await updateAccount(tx, accountId, {
      suspended_at: account.suspended_at ?? ctx.clock.now(),
      suspended_by: 'local',
    })
    if (account.suspended_at !== null) return false
    if (account.domain === '') {
      await deleteSessions(tx, accountId)
      await revokeAllTokens(ctx, tx, accountId)
    }
    await recordFact(ctx, tx, { type: 'account-suspended', accountId })
    return true
  })
}

/** False when the account was not suspended. */
export async function unsuspendAccount(ctx: Context, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account || account.deleted_at !== null) throw notFound()
    if (account.suspended_at === null) return false
    await updateAccount(tx, accountId, { suspended_at: null, suspended_by: null })
    await recordFact(ctx, tx, { type: 'account-unsuspended', accountId })
    return true
  })
}

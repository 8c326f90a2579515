// Changes how an account stands: limited, frozen, with hidden media, suspended, and back; each noted, inside a transaction.
import { lockAccount, updateAccount } from '../../store/accounts.ts'
import type { Account, Role } from '../../model/account.ts'
import { notFound } from '../../model/refusal.ts'
import { cancelRemoval, planRemoval } from '../../store/moderation/account-list.ts'
import { deleteCanonicalOf, insertCanonicalBlock } from '../../store/moderation/address-blocks.ts'
import { deleteSessions } from '../../store/sessions.ts'
import { findUser, updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { endStreamsOf } from '../sign-in/end-streams.ts'
import { revokeAllTokens } from '../sign-in/tokens.ts'
import type { Actor } from './actor.ts'
import { requireOutranked } from './actor.ts'
import { canonicalHash } from './canonical-email.ts'
import { logAction } from './log-action.ts'

export const STANDINGS = ['disable', 'sensitive', 'silence', 'suspend'] as const
/** disable: cannot sign in; sensitive: media are covered; silence: shown to followers only; suspend: gone for everybody. */
export type StandingAction = (typeof STANDINGS)[number]

/** A suspended account's data are kept for so long. */
export const REMOVAL_MS = 30 * 86_400_000

export interface Target {
  account: Account
  role: Role | undefined
  email: string | null
}

/** The account, locked; refuses unknown ones, and with an actor those that the actor may not act on. */
export async function lockTarget(tx: Tx, actor: Actor | undefined, id: number): Promise<Target> {
  const account = await lockAccount(tx, id)
  if (!account || account.deleted_at !== null || account.kind === 'application') throw notFound()
  const user = account.domain === '' ? await findUser(tx, id) : undefined
  const role = user?.role as Role | undefined
  if (actor) requireOutranked(actor, { id, role })
  return { account, role, email: user?.email ?? null }
}

/** False when the account stood so already. */
export async function takeStanding(
  ctx: Context,
  tx: Tx,
  target: Target,
  action: StandingAction,
): Promise<boolean> {
  const { account } = target
  const now = ctx.clock.now()
  if (action === 'suspend') return suspend(ctx, tx, target)
  if (action === 'disable') {
    const user = account.domain === '' ? await findUser(tx, account.id) : undefined
    if (!user || user.disabled_at !== null) return false
    await updateUser(tx, account.id, { disabled_at: now })
    await deleteSessions(tx, account.id)
    endStreamsOf(ctx, tx, account.id)
    return true
  }
  const column = action === 'silence' ? 'limited_at' : 'sensitized_at'
  if (account[column] !== null) return false
  await updateAccount(tx, account.id, { [column]: now, updated_at: now })
  await recordFact(ctx, tx, { type: 'account-updated', accountId: account.id })
  return true
}

async function suspend(ctx: Context, tx: Tx, { account, email }: Target): Promise<boolean> {
  const now = ctx.clock.now()
  // Whoever was suspended by a rule about the domain, or by the own server, stays so when that ends.
  await updateAccount(tx, account.id, {
    suspended_at: account.suspended_at ?? now,
    suspended_by: 'local',
  })
  await planRemoval(tx, account.id, now + REMOVAL_MS)
  if (account.domain === '') {
    await deleteSessions(tx, account.id)
    await revokeAllTokens(ctx, tx, account.id)
  }
  if (email !== null) {
    const block = { id: ctx.ids.next(), hash: canonicalHash(email), account_id: account.id }
    await insertCanonicalBlock(tx, { ...block, created_at: now })
  }
  if (account.suspended_at !== null) return false
  await recordFact(ctx, tx, { type: 'account-suspended', accountId: account.id })
  return true
}

/** False when there was nothing to take back. */
export async function liftStanding(
  ctx: Context,
  tx: Tx,
  { account }: Target,
  action: StandingAction,
): Promise<boolean> {
  const now = ctx.clock.now()
  if (action === 'suspend') {
    if (account.suspended_at === null) return false
    await updateAccount(tx, account.id, { suspended_at: null, suspended_by: null })
    await cancelRemoval(tx, account.id)
    await deleteCanonicalOf(tx, account.id)
    await recordFact(ctx, tx, { type: 'account-unsuspended', accountId: account.id })
    return true
  }
  if (action === 'disable') {
    const user = account.domain === '' ? await findUser(tx, account.id) : undefined
    if (!user || user.disabled_at === null) return false
    await updateUser(tx, account.id, { disabled_at: null })
    return true
  }
  const column = action === 'silence' ? 'limited_at' : 'sensitized_at'
  if (account[column] === null) return false
  await updateAccount(tx, account.id, { [column]: null, updated_at: now })
  await recordFact(ctx, tx, { type: 'account-updated', accountId: account.id })
  return true
}

/** What the log keeps of an account, for when it is gone. */
export function nameOf(account: Pick<Account, 'username' | 'domain'>): { name: string } {
  return { name: account.domain === '' ? account.username : `${account.username}@${account.domain}` }
}

/** Takes one measure back, for a moderator. Twice is once. */
export async function liftMeasure(
  ctx: Context,
  actor: Actor,
  targetId: number,
  action: StandingAction,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const target = await lockTarget(tx, actor, targetId)
    if (await liftStanding(ctx, tx, target, action))
      await logAction(ctx, tx, actor, {
        action: `un${action}`,
        kind: 'account',
        id: targetId,
        detail: nameOf(target.account),
      })
  })
}

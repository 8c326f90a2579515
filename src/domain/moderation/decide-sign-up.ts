// A moderator lets somebody in who waits for approval, or turns them away.
import { notFound, Refusal } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { findUser } from '../../store/users.ts'
import { approveAccount, rejectAccount } from '../accounts/admit-account.ts'
import type { Context } from '../context.ts'
import { NOT_ALLOWED, requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'

export type SignUpDecision = { isLetIn: true } | { isLetIn: false; words: string }

/** Refuses people who do not wait any more. */
export async function decideSignUp(
  ctx: Context,
  actor: Actor,
  accountId: number,
  decision: SignUpDecision,
): Promise<void> {
  requirePermission(actor, 'manage-users')
  const [account, user] = [
    await findAccount(ctx.store.read, accountId),
    await findUser(ctx.store.read, accountId),
  ]
  if (!account || !user) throw notFound()
  const isDone = decision.isLetIn
    ? await approveAccount(ctx, accountId, actor)
    : await rejectAccount(ctx, accountId, decision.words, actor)
  if (!isDone) throw new Refusal('forbidden', NOT_ALLOWED)
}

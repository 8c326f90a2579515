// Ends a follow, or takes back the wish to follow.
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { deleteFollow } from '../../store/follows.ts'
import { recordFact } from '../record-fact.ts'
import { countAccepted } from './follow-account.ts'

/** False when there was nothing to end. */
export async function unfollowAccount(ctx: Context, accountId: number, targetId: number): Promise<boolean> {
  return ctx.store.write((tx) => endFollow(ctx, tx, accountId, targetId))
}

/** The same inside a transaction that does more. */
export async function endFollow(ctx: Context, tx: Tx, accountId: number, targetId: number): Promise<boolean> {
  const follow = await deleteFollow(tx, accountId, targetId)
  if (!follow) return false
  if (follow.accepted === 1) await countAccepted(tx, accountId, targetId, -1)
  await recordFact(ctx, tx, { type: 'follow-undone', accountId, targetId, followUri: follow.uri })
  return true
}

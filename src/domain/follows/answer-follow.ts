// The one who was asked accepts or rejects a follow; rejecting an accepted one removes a follower.
import type { Context } from '../context.ts'
import { notFound } from '../../model/refusal.ts'
import { deleteFollow, findFollow, updateFollow } from '../../store/follows.ts'
import { recordFact } from '../record-fact.ts'
import { countAccepted } from './follow-account.ts'

/** Accepts a waiting request; false when there is none (an answer to a follow that was never sent changes nothing). */
export async function acceptFollow(ctx: Context, targetId: number, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const follow = await findFollow(tx, accountId, targetId)
    if (!follow) return false
    if (follow.accepted === 1) return true
    await updateFollow(tx, accountId, targetId, { accepted: 1 })
    await countAccepted(tx, accountId, targetId, 1)
    await recordFact(ctx, tx, { type: 'follow-accepted', accountId, targetId, automatic: false })
    return true
  })
}

/** Rejects a request or removes a follower; false when neither was there. */
export async function rejectFollow(ctx: Context, targetId: number, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const follow = await deleteFollow(tx, accountId, targetId)
    if (!follow) return false
    if (follow.accepted === 1) await countAccepted(tx, accountId, targetId, -1)
    await recordFact(ctx, tx, {
      type: 'follow-rejected',
      accountId,
      targetId,
      followUri: follow.uri,
      wasAccepted: follow.accepted === 1,
    })
    return true
  })
}

/** As `acceptFollow` for a person who answers: refuses when nobody asked. */
export async function acceptRequest(ctx: Context, targetId: number, accountId: number): Promise<void> {
  const follow = await findFollow(ctx.store.read, accountId, targetId)
  if (!follow || follow.accepted === 1 || !(await acceptFollow(ctx, targetId, accountId))) throw notFound()
}

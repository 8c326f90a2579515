// Puts people into a circle and takes them out; they are not told.
import { CIRCLE_LIMITS } from '../../model/circle.ts'
import type { Circle } from '../../model/circle.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccounts } from '../../store/accounts.ts'
import { deleteCircleMembers, findCircle, insertCircleMembers } from '../../store/circles.ts'
import { findFollow } from '../../store/follows.ts'
import { blockExists } from '../../store/relations.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

/** All or none. Twice is once. Refuses strangers: one of the two must follow the other, and neither block the other. */
export async function addToCircle(
  ctx: Context,
  circle: Circle,
  accountIds: readonly number[],
): Promise<void> {
  const wanted = [...new Set(accountIds)]
  await ctx.store.write(async (tx) => {
    const accounts = await findAccounts(tx, wanted)
    const there = accounts.filter((account) => account.deleted_at === null && account.suspended_at === null)
    if (there.length < wanted.length) throw notFound()
    for (const id of wanted) await checkKnown(tx, circle.account_id, id)
    await insertCircleMembers(tx, circle.id, wanted, ctx.clock.now())
    const { members = 0 } = (await findCircle(tx, circle.id)) ?? {}
    if (members > CIRCLE_LIMITS.members)
      throw new Refusal('invalid', `A circle can hold at most ${CIRCLE_LIMITS.members} people`)
  })
}

async function checkKnown(tx: Tx, ownerId: number, memberId: number): Promise<void> {
  if (memberId === ownerId)
    throw new Refusal('invalid', 'Validation failed: You see your own posts anyway, in whichever circle')
  if (await blockExists(tx, ownerId, memberId)) throw notFound()
  const [mine, theirs] = [await findFollow(tx, ownerId, memberId), await findFollow(tx, memberId, ownerId)]
  if (mine?.accepted !== 1 && theirs?.accepted !== 1)
    throw new Refusal(
      'invalid',
      'Validation failed: Only people who follow you, or whom you follow, can be in a circle',
    )
}

export async function removeFromCircle(
  ctx: Context,
  circle: Circle,
  accountIds: readonly number[],
): Promise<void> {
  await ctx.store.write((tx) => deleteCircleMembers(tx, circle.id, accountIds))
}

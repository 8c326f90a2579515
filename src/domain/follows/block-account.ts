// Blocks and unblocks: a block ends both follows and hides each from the other.
import type { Context } from '../context.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { deleteFollow } from '../../store/follows.ts'
import { deleteBlock, insertBlock } from '../../store/relations.ts'
import { recordFact } from '../record-fact.ts'
import { countAccepted } from './follow-account.ts'
import { endFollow } from './unfollow-account.ts'

/** Blocks an account; `uri` is the Block's own address when it came from another server. Twice is once. */
export async function blockAccount(
  ctx: Context,
  accountId: number,
  targetId: number,
  uri?: string,
): Promise<void> {
  if (accountId === targetId) throw new Refusal('forbidden', 'You cannot block yourself')
  await ctx.store.write(async (tx) => {
    if (!(await findAccount(tx, targetId))) throw notFound()
    await endFollow(ctx, tx, accountId, targetId)
    const follower = await deleteFollow(tx, targetId, accountId)
    if (follower?.accepted === 1) await countAccepted(tx, targetId, accountId, -1)
    if (follower)
      await recordFact(ctx, tx, {
        type: 'follow-rejected',
        accountId: targetId,
        targetId: accountId,
        followUri: follower.uri,
        wasAccepted: follower.accepted === 1,
      })
    const id = ctx.ids.next()
    const isNew = await insertBlock(tx, {
      account_id: accountId,
      target_id: targetId,
      id,
      uri: uri ?? ctx.urls.activity('block', id),
      created_at: ctx.clock.now(),
    })
    if (isNew) await recordFact(ctx, tx, { type: 'block-added', accountId, targetId })
  })
}

/** Ends a block; false when there was none. */
export async function unblockAccount(ctx: Context, accountId: number, targetId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const block = await deleteBlock(tx, accountId, targetId)
    if (!block) return false
    await recordFact(ctx, tx, { type: 'block-removed', accountId, targetId, blockUri: block.uri })
    return true
  })
}

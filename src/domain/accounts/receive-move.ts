// An account of another server goes on under another one: its followers here follow it there.
import { Refusal } from '../../model/refusal.ts'
import { findAccount, updateAccount } from '../../store/accounts.ts'
import { findFollow } from '../../store/follows.ts'
import { listLocalFollowerIds } from '../../store/remote-accounts.ts'
import type { Context } from '../context.ts'
import { followAccount } from '../follows/follow-account.ts'
import { unfollowAccount } from '../follows/unfollow-account.ts'
import { recordFact } from '../record-fact.ts'
import { ACCOUNTS_QUEUE } from './remove-remote-account.ts'

export const FOLLOW_MOVED = 'follow-moved'
const CHUNK = 100

/**
 * The caller has seen that the target names the account as an alias. False when the account had moved there before. The
 * followers of this server follow the target in a job.
 */
export async function receiveMove(ctx: Context, accountId: number, targetId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    const target = await findAccount(tx, targetId)
    if (!account || account.domain === '' || !target || target.deleted_at !== null)
      throw new Refusal('invalid', 'This move cannot be followed')
    if (account.moved_to_id === targetId || target.moved_to_id !== null || accountId === targetId)
      return false
    await updateAccount(tx, accountId, { moved_to_id: targetId })
    await recordFact(ctx, tx, { type: 'account-moved', accountId, targetId })
    await ctx.jobs.add(tx, {
      queue: ACCOUNTS_QUEUE,
      kind: FOLLOW_MOVED,
      payload: { accountId, targetId },
      key: `${FOLLOW_MOVED}-${accountId}-${targetId}`,
    })
    return true
  })
}

/** Each local follower follows the new account instead, with the same wishes; whoever cannot keeps the old follow. */
export async function followMoved(
  ctx: Context,
  move: { accountId: number; targetId: number },
): Promise<void> {
  const { accountId, targetId } = move
  let afterId = 0
  for (;;) {
    const ids = await listLocalFollowerIds(ctx.store.read, accountId, { afterId, limit: CHUNK })
    for (const id of ids) await followInstead(ctx, id, move)
    if (ids.length < CHUNK) return
    afterId = ids.at(-1) ?? targetId
  }
}

async function followInstead(
  ctx: Context,
  followerId: number,
  { accountId, targetId }: { accountId: number; targetId: number },
): Promise<void> {
  const before = await findFollow(ctx.store.read, followerId, accountId)
  if (!before) return
  try {
    await followAccount(ctx, followerId, targetId, {
      showBoosts: before.show_boosts === 1,
      notify: before.notify === 1,
      languages: before.languages === null ? null : (JSON.parse(before.languages) as string[]),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.debug({ error, followerId, targetId }, 'a follower could not follow a moved account')
    return
  }
  await unfollowAccount(ctx, followerId, accountId)
}

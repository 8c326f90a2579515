// Ends polls at their time and lets everybody concerned know.
import { findPoll, lockPoll, updatePoll } from '../../store/polls.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'

export const POLLS_QUEUE = 'polls'
export const CLOSE_POLL = 'close-poll'

/** Sees to it that the poll is ended at `expiresAt`; once for each end, however often it is asked for. */
export async function scheduleClosing(
  ctx: Context,
  tx: Tx,
  postId: number,
  expiresAt: number,
): Promise<void> {
  await ctx.jobs.add(tx, {
    queue: POLLS_QUEUE,
    kind: CLOSE_POLL,
    payload: { postId },
    runAt: expiresAt,
    key: `${CLOSE_POLL}-${postId}-${expiresAt}`,
  })
}

/** Ends the poll when its time has come; a poll that was edited to end later is left alone. */
export async function closePoll(ctx: Context, postId: number): Promise<boolean> {
  const poll = await findPoll(ctx.store.read, postId)
  if (!poll || poll.endedAt !== null || poll.expiresAt === null) return false
  return ctx.store.write(async (tx) => {
    const current = await lockPoll(tx, postId)
    if (!current || current.endedAt !== null || current.expiresAt === null) return false
    if (current.expiresAt > ctx.clock.now()) return false
    await updatePoll(tx, postId, { endedAt: current.expiresAt })
    await recordFact(ctx, tx, { type: 'poll-ended', postId })
    return true
  })
}

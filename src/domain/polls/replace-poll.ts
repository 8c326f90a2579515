// Changes a poll along with its post: other options mean other questions, so the votes are void.
import { Refusal } from '../../model/refusal.ts'
import type { Post, PostDraft } from '../../model/post.ts'
import { lockPoll, removeVotes, updatePoll } from '../../store/polls.ts'
import type { Poll } from '../../model/poll.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { scheduleClosing } from './close-poll.ts'

const CHUNK = 1000

/** Says whether what people are asked has changed. */
export async function replacePoll(
  ctx: Context,
  tx: Tx,
  post: Post,
  wanted: NonNullable<PostDraft['poll']>,
): Promise<boolean> {
  const poll = await lockPoll(tx, post.id)
  if (!poll) throw new Refusal('invalid', 'A post without a poll cannot be given one')
  const titles = wanted.options.map((title) => title.trim())
  const isChanged = !sameQuestion(poll, titles, wanted.multiple)
  if (isChanged) await voidVotes(tx, post.id, titles)
  const expiresAt = ctx.clock.now() + Math.round(wanted.expiresInSeconds) * 1000
  const isOver = poll.endedAt !== null && !isChanged
  await updatePoll(tx, post.id, {
    multiple: wanted.multiple,
    hideTotals: wanted.hideTotals,
    ...(isOver ? {} : { expiresAt, endedAt: null }),
  })
  if (!isOver) await scheduleClosing(ctx, tx, post.id, expiresAt)
  return isChanged
}

export function sameQuestion(poll: Poll, titles: readonly string[], multiple: boolean): boolean {
  return (
    poll.multiple === multiple &&
    poll.options.length === titles.length &&
    poll.options.every((option, index) => option.title === titles[index])
  )
}

async function voidVotes(tx: Tx, postId: number, titles: readonly string[]): Promise<void> {
  let removed = CHUNK
  while (removed === CHUNK) removed = await removeVotes(tx, postId, CHUNK)
  await updatePoll(tx, postId, { options: titles.map((title) => ({ title, votes: 0 })), votersCount: 0 })
}

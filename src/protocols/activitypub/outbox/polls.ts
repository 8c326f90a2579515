// Tells of votes, and of the state of our polls.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findPoll, findPost, listVotes } from '../../../domain/federation/outgoing-rows.ts'
import { writeVote } from '../write/activity.ts'
import { postEdited } from './posts.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

export const POLL_QUEUE = 'activitypub-polls'
export const TELL_POLL = 'tell-poll'
/** The state of a poll is told at most this often. */
const PAUSE_MS = 180_000

/** A vote goes to the poll's author alone; a vote in one of our polls has the new state told a little later. */
export async function pollVoted(ctx: Context, tx: Tx, fact: FactOf<'poll-voted'>): Promise<void> {
  const post = await findPost(tx, fact.postId)
  if (!post) return
  if (post.local === 1) {
    const job = { queue: POLL_QUEUE, kind: TELL_POLL, payload: { postId: post.id } }
    await ctx.jobs.add(tx, { ...job, key: `${TELL_POLL}-${post.id}`, runAt: ctx.clock.now() + PAUSE_MS })
    return
  }
  const voter = await localSpeaker(tx, fact.accountId)
  const author = await remotePeer(tx, post.account_id)
  const poll = await findPoll(tx, post.id)
  if (!voter || !author || !poll) return
  for (const vote of await listVotes(tx, post.id, voter.id)) {
    const choice = poll.options[vote.choice]?.title
    if (choice === undefined || !fact.choices.includes(vote.choice)) continue
    const uri = vote.uri ?? ctx.urls.activity('vote', vote.id)
    const activity = writeVote({
      uri,
      actor: voter.uri,
      pollUri: post.uri,
      authorUri: author.uri,
      choice,
      at: vote.createdAt,
    })
    await tell(ctx, tx, { accountId: voter.id, activity, recipients: { personalIds: [author.id] } })
  }
}

/** The end of one of our polls, with its result. */
export async function pollEnded(ctx: Context, tx: Tx, fact: FactOf<'poll-ended'>): Promise<void> {
  await postEdited(ctx, tx, fact)
}

/** The job that tells the state of a poll after votes. */
export async function tellPoll(ctx: Context, payload: unknown): Promise<void> {
  const { postId } = payload as { postId: number }
  await ctx.store.write((tx) => postEdited(ctx, tx, { postId }))
}

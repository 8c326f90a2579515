// Votes in polls, by people here and by people of other servers.
import { Refusal, notFound } from '../../model/refusal.ts'
import type { Author } from '../../store/post-authors.ts'
import { insertVotes, listChoices, lockPoll, updatePoll } from '../../store/polls.ts'
import type { Poll } from '../../model/poll.ts'
import type { Context } from '../context.ts'
import { activeAuthor, localAuthor } from '../posts/active-author.ts'
import { canSee, seeOriginal } from '../posts/see-post.ts'
import { findPost } from '../../store/posts.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { scheduleClosing } from './close-poll.ts'

/** `choices` are positions of options, from 0. One can vote once, not in one's own poll, and not after its end. */
export async function votePoll(
  ctx: Context,
  accountId: number,
  postId: number,
  choices: readonly number[],
): Promise<void> {
  const voter = await localAuthor(ctx, accountId)
  await ctx.store.write(async (tx) => {
    const post = await seeOriginal(tx, voter, postId)
    const poll = await lockPoll(tx, post.id)
    if (!poll) throw notFound()
    if (post.account_id === accountId) throw new Refusal('invalid', 'You cannot vote in your own poll')
    if (isOver(ctx, poll)) throw new Refusal('invalid', 'This poll has ended')
    const chosen = [...new Set(choices)]
    if (chosen.length === 0) throw new Refusal('invalid', 'Choose an option')
    if (chosen.some((choice) => poll.options[choice] === undefined)) {
      throw new Refusal('invalid', 'The poll has no such option')
    }
    if (chosen.length > 1 && !poll.multiple) {
      throw new Refusal('invalid', 'Only one option of this poll can be chosen')
    }
    if ((await listChoices(tx, post.id, accountId)).length > 0) {
      throw new Refusal('invalid', 'You have voted in this poll already')
    }
    await cast(ctx, tx, poll, { voter, choices: chosen, uri: undefined })
    if (post.local === 0 && poll.expiresAt !== null) await scheduleClosing(ctx, tx, post.id, poll.expiresAt)
  })
}

export interface IncomingVote {
  accountId: number
  postId: number
  /** The option's title, which is all that a vote from elsewhere says. */
  title: string
  uri?: string
}

/** Counts one choice of somebody of another server; false, and nothing counted, where the rules above forbid it. */
export async function receiveVote(ctx: Context, vote: IncomingVote): Promise<boolean> {
  const voter = await activeAuthor(ctx.store.read, vote.accountId)
  return ctx.store.write(async (tx) => {
    const post = await findPost(tx, vote.postId)
    const poll = post?.local === 1 ? await lockPoll(tx, post.id) : undefined
    if (!post || !poll || post.account_id === voter.id || isOver(ctx, poll)) return false
    const choice = poll.options.findIndex((option) => option.title === vote.title)
    if (choice === -1 || !(await canSee(tx, voter, post))) return false
    const before = await listChoices(tx, post.id, voter.id)
    if (before.includes(choice) || (before.length > 0 && !poll.multiple)) return false
    await cast(ctx, tx, poll, { voter, choices: [choice], uri: vote.uri, isLater: before.length > 0 })
    return true
  })
}

interface Vote {
  voter: Author
  choices: readonly number[]
  uri: string | undefined
  /** The voter chose something else before. */
  isLater?: boolean
}

async function cast(ctx: Context, tx: Tx, poll: Poll, vote: Vote): Promise<void> {
  const { voter } = vote
  const rows = vote.choices.map((choice) => {
    const id = ctx.ids.next()
    const uri = vote.uri ?? (voter.domain === '' ? ctx.urls.activity('vote', id) : null)
    return { id, post_id: poll.postId, account_id: voter.id, choice, uri, created_at: ctx.clock.now() }
  })
  const counted = await insertVotes(tx, rows)
  const options = poll.options.map((option, index) => ({
    title: option.title,
    votes: option.votes + (counted.includes(index) ? 1 : 0),
  }))
  const voters = poll.votersCount === null || vote.isLater ? {} : { votersCount: poll.votersCount + 1 }
  await updatePoll(tx, poll.postId, { options, ...voters })
  await recordFact(ctx, tx, {
    type: 'poll-voted',
    postId: poll.postId,
    accountId: voter.id,
    choices: counted,
  })
}

function isOver(ctx: Context, poll: Poll): boolean {
  return poll.endedAt !== null || (poll.expiresAt !== null && poll.expiresAt <= ctx.clock.now())
}

// Reject: of a follow (also one accepted before) or a quote of ours, of an event (Friendica's no), or by a relay.
import { answerEvent } from '../../../domain/events/answer-event.ts'
import { rejectFollow } from '../../../domain/follows/answer-follow.ts'
import { relayAnswered } from '../../../domain/moderation/relays.ts'
import { settleQuote } from '../../../domain/posts/settle-quote.ts'
import { settleReply } from '../../../domain/posts/settle-reply.ts'
import { answered } from './answered.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function reject(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const { objectUri, actorUri, id } = activity
  if (
    objectUri !== undefined &&
    (await relayAnswered(world, { followUri: objectUri, actorUri, isAccepted: false }))
  )
    return 'done'
  const what = await answered(work)
  switch (what?.kind) {
    case 'follow':
      return (await rejectFollow(world, actorId, what.followerId)) ? 'done' : ignored('nobody here follows')
    case 'quote':
      await settleQuote(world, { postId: what.quoting.id, quotedId: what.quoted.id, state: 'rejected' })
      return 'done'
    case 'reply':
      return (await settleReply(world, { postId: what.reply.id, authorId: actorId, state: 'rejected' }))
        ? 'done'
        : ignored('nobody was asked for that reply')
    case 'event':
      await answerEvent(world, {
        accountId: actorId,
        postId: what.post.id,
        answer: 'no',
        ...(id ? { uri: id } : {}),
      })
      return 'done'
    default:
      return ignored('it rejects nothing that was asked for here')
  }
}

// Accept: of a follow or a quote that we asked for, of an event (Friendica's yes), or of our follow of a relay.
import { answerEvent } from '../../../domain/events/answer-event.ts'
import { keepQuoteStamp } from '../../../domain/federation/quote-stamps.ts'
import { acceptFollow } from '../../../domain/follows/answer-follow.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { relayAnswered } from '../../../domain/moderation/relays.ts'
import { settleQuote } from '../../../domain/posts/settle-quote.ts'
import { settleReply } from '../../../domain/posts/settle-reply.ts'
import { idOf, member, sameOrigin } from '../wire.ts'
import { answered } from './answered.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function accept(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const { objectUri, actorUri, id } = activity
  if (
    objectUri !== undefined &&
    (await relayAnswered(world, { followUri: objectUri, actorUri, isAccepted: true }))
  )
    return 'done'
  const what = await answered(work)
  switch (what?.kind) {
    case 'follow':
      return (await acceptFollow(world, actorId, what.followerId))
        ? 'done'
        : ignored('nobody here asked to follow')
    case 'quote':
      await keepStamp(work, what.quoting.id, what.quoted.uri)
      await settleQuote(world, { postId: what.quoting.id, quotedId: what.quoted.id, state: 'accepted' })
      return 'done'
    case 'reply':
      return acceptReply(work, what.reply)
    case 'event':
      await answerEvent(world, {
        accountId: actorId,
        postId: what.post.id,
        answer: 'yes',
        ...(id ? { uri: id } : {}),
      })
      return 'done'
    default:
      return ignored('it accepts nothing that was asked for here')
  }
}

async function acceptReply({ world, activity, actorId }: Work, reply: Post): Promise<Outcome> {
  const stamp = idOf(member(activity.json, 'result')) ?? activity.id
  const uri = stamp !== undefined && sameOrigin(stamp, activity.actorUri) ? stamp : undefined
  const isSettled = await settleReply(world, {
    postId: reply.id,
    authorId: actorId,
    state: 'accepted',
    ...(uri === undefined ? {} : { uri }),
  })
  return isSettled ? 'done' : ignored('nobody was asked for that reply')
}

/** The consent itself lies on the quoted author's server; what lies elsewhere is no consent. */
async function keepStamp({ world, activity }: Work, postId: number, quotedUri: string): Promise<void> {
  const stampUri = idOf(member(activity.json, 'result'))
  if (stampUri !== undefined && sameOrigin(stampUri, quotedUri)) await keepQuoteStamp(world, postId, stampUri)
}

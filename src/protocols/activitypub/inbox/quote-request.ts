// QuoteRequest (FEP-044f): somebody elsewhere asks one of our authors for consent to be quoted; and GoToSocial's ReplyRequest.
import { answerQuoteRequest } from '../../../domain/posts/answer-quote-request.ts'
import { isPostType, readAuthor } from '../read/note.ts'
import { idOf, isObject, member, sameOrigin } from '../wire.ts'
import { anyPost, knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function quoteRequest(work: Work): Promise<Outcome> {
  const { activity, world, actorId } = work
  const quoted = await knownPost(work, activity.objectUri)
  if (quoted?.local !== 1) return ignored('the post to be quoted is not ours')
  const quoting = await quotingPost(work)
  if (quoting?.account_id !== actorId)
    return ignored('the post that quotes cannot be had, or is not by who asks')
  const isAnswered = await answerQuoteRequest(world, {
    quotedId: quoted.id,
    postId: quoting.id,
    askerId: actorId,
  })
  return isAnswered ? 'done' : ignored('the post does not quote what it asks for')
}

/** Ours let everybody reply, so that nobody has to ask; who does is heard as if they had not. */
export async function replyRequest(work: Work): Promise<Outcome> {
  const reply = await quotingPost(work)
  return reply?.account_id === work.actorId
    ? 'done'
    : ignored('the reply cannot be had, or is not by who asks')
}

async function quotingPost(work: Work) {
  const { activity, reach } = work
  const instrument = member(activity.json, 'instrument')
  const uri = idOf(instrument)
  const isOwn =
    uri !== undefined &&
    isObject(instrument) &&
    isPostType(instrument) &&
    sameOrigin(uri, activity.actorUri) &&
    readAuthor(instrument) === activity.actorUri
  if (isOwn) {
    const known = await knownPost(work, uri)
    if (!known) await reach.posts.take(instrument, { envelope: activity.json, byAuthor: true })
  }
  return anyPost(work, uri)
}

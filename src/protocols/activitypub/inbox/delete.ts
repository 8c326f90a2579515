// Delete: a post, a consent to quoting, or the whole account, by nobody but its author or its own server.
import { removeRemoteAccount } from '../../../domain/accounts/remove-remote-account.ts'
import { accountOfId } from '../../../domain/federation/find-remote.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { revokeQuoteStamp } from '../../../domain/federation/quote-stamps.ts'
import { deleteReceivedPost, rememberDeleted } from '../../../domain/posts/delete-post.ts'
import { settleQuote } from '../../../domain/posts/settle-quote.ts'
import { revokeReply } from '../../../domain/posts/settle-reply.ts'
import { Refusal } from '../../../model/refusal.ts'
import { idOf, member, sameOrigin, typesOf } from '../wire.ts'
import { forward } from './forward.ts'
import { knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function remove(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const { object, objectUri, actorUri } = activity
  if (objectUri === undefined) return ignored('it names no object')
  if (objectUri === actorUri) {
    const isGone = await removeRemoteAccount(world, actorUri)
    return isGone ? 'done' : ignored('the account was gone already')
  }
  if (!sameOrigin(objectUri, actorUri)) return ignored('its object lives on another server')
  if (typesOf(object).includes('QuoteAuthorization')) return revoke(work)
  const post = await knownPost(work, objectUri)
  if (!post && (await revokeQuoteStamp(world, actorId, objectUri))) return 'done'
  if (!post && (await revokeReply(world, actorId, objectUri))) return 'done'
  if (!post) {
    await rememberDeleted(world, objectUri)
    return 'done'
  }
  if (post.account_id !== actorId) return removeForOther(work, post)
  if (post.in_reply_to_id !== null) await forward(work, post.in_reply_to_id)
  await deleteReceivedPost(world, objectUri, actorId)
  return 'done'
}

/** Somebody else of the same server says so, such as a moderator: it counts only when the post is gone there. */
export async function removeForOther(work: Work, post: Post): Promise<Outcome> {
  if (post.local === 1 || !(await isGoneAtHome(work, post.uri)))
    return ignored('only its author can delete a post')
  await deleteReceivedPost(work.world, post.uri, post.account_id)
  return 'done'
}

/** Whether the server of a thing says that it is no more; that it is merely missing there counts with `orMissing`. */
export async function isGoneAtHome(work: Work, uri: string, orMissing = true): Promise<boolean> {
  try {
    const { json } = await work.reach.fetcher.document(uri)
    return typesOf(json).includes('Tombstone')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'gone' || (orMissing && error.code === 'not-found')
  }
}

/** The quoted author takes a consent back. */
async function revoke(work: Work): Promise<Outcome> {
  const { object } = work.activity
  const quoting = await knownPost(work, idOf(member(object, 'interactingObject')))
  const quoted = await knownPost(work, idOf(member(object, 'interactionTarget')))
  if (!quoting || quoted?.account_id !== work.actorId || !(await accountOfId(work.world, quoted.account_id)))
    return ignored('the quote is not known here')
  await settleQuote(work.world, { postId: quoting.id, quotedId: quoted.id, state: 'revoked' })
  return 'done'
}

// Finds what an Accept, Reject or TentativeAccept answers: a follow or quote of ours, an event, a relay.
import { accountOfUri, followOfUri } from '../../../domain/federation/find-remote.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { idOf, member, typesOf } from '../wire.ts'
import { knownPost } from './subject.ts'
import type { Work } from './work.ts'

export type Answered =
  | { kind: 'follow'; followerId: number }
  | { kind: 'quote'; quoting: Post; quoted: Post }
  | { kind: 'reply'; reply: Post }
  | { kind: 'event'; post: Post }

/** Undefined when it answers nothing that this actor was asked, or nothing known here. */
export async function answered(work: Work): Promise<Answered | undefined> {
  const { object, objectUri } = work.activity
  const types = typesOf(object)
  if (types.includes('QuoteRequest') || objectUri?.endsWith('#quote-request')) return answeredQuote(work)
  const reply = await answeredReply(work)
  if (reply) return { kind: 'reply', reply }
  if (types.length === 0 || types.includes('Follow')) {
    const followerId = await follower(work)
    if (followerId !== undefined) return { kind: 'follow', followerId }
  }
  const eventUri = types.includes('Invite') ? idOf(member(object, 'object')) : objectUri
  const post = await knownPost(work, eventUri)
  return post?.kind === 'event' ? { kind: 'event', post } : undefined
}

/** Our answer to a post of the actor's: named by itself, or in the request that asked for it. */
async function answeredReply(work: Work): Promise<Post | undefined> {
  const { object, objectUri } = work.activity
  const named = idOf(member(object, 'instrument')) ?? objectUri?.replace(/#reply-request$/, '')
  const reply = await knownPost(work, named)
  if (reply?.local !== 1 || reply.in_reply_to_account_id !== work.actorId) return undefined
  return reply
}

/** The local account whose follow of the actor is answered: by the Follow's address, else by whom it names. */
async function follower(work: Work): Promise<number | undefined> {
  const { world, activity, actorId } = work
  const { object, objectUri, actorUri } = activity
  const follow = objectUri === undefined ? undefined : await followOfUri(world, objectUri)
  if (follow) return follow.target_id === actorId ? follow.account_id : undefined
  if (idOf(member(object, 'object')) !== actorUri) return undefined
  const account = await accountOfUri(world, idOf(member(object, 'actor')) ?? '')
  return account?.domain === '' ? account.id : undefined
}

async function answeredQuote(work: Work): Promise<Answered | undefined> {
  const { object, objectUri } = work.activity
  const named = idOf(member(object, 'instrument')) ?? objectUri?.replace(/#quote-request$/, '')
  const quoting = await knownPost(work, named)
  const quoted = await knownPost(work, quoting?.quote_uri ?? undefined)
  if (quoting?.local !== 1 || quoted?.account_id !== work.actorId) return undefined
  return { kind: 'quote', quoting, quoted }
}

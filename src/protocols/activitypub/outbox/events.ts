// Tells the hosts of events elsewhere who of ours comes, and answers those who joined ours.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findAnswerUri, findPost } from '../../../domain/federation/outgoing-rows.ts'
import type { AccountAddress, Post } from '../../../domain/federation/outgoing-rows.ts'
import { findHosts } from '../../../domain/federation/deliveries.ts'
import { writeActivity, writeEventAnswer } from '../write/activity.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

/** Programs that read Accept and Reject of an event as its answers. */
const ACCEPTING = /^(?:friendica|hubzilla|streams|forte|zap)$/i

export async function eventAnswered(ctx: Context, tx: Tx, fact: FactOf<'event-answered'>): Promise<void> {
  const post = await findPost(tx, fact.postId)
  if (!post) return
  if (post.local === 1) return confirmJoin(ctx, tx, fact, post)
  const guest = await localSpeaker(tx, fact.accountId)
  const host = await remotePeer(tx, post.account_id)
  if (!guest || !host) return
  const uri = await findAnswerUri(tx, post.id, guest.id)
  const envelope = {
    id: uri ?? `${guest.uri}#answers/${post.id}/${ctx.clock.now()}`,
    actor: guest.uri,
    addressing: { to: [host.uri], cc: [] },
  }
  const activity = writeEventAnswer(fact.answer, await dialectOf(tx, host), envelope, post.uri)
  await tell(ctx, tx, { accountId: guest.id, activity, recipients: { personalIds: [host.id] } })
}

async function dialectOf(tx: Tx, host: AccountAddress): Promise<'join' | 'accept'> {
  const [server] = await findHosts(tx, [new URL(host.uri).host])
  return ACCEPTING.test(server?.software ?? '') ? 'accept' : 'join'
}

/** Mobilizon waits for an Accept of its Join. */
async function confirmJoin(ctx: Context, tx: Tx, fact: FactOf<'event-answered'>, post: Post): Promise<void> {
  const host = await localSpeaker(tx, post.account_id)
  const guest = await remotePeer(tx, fact.accountId)
  const uri = await findAnswerUri(tx, post.id, fact.accountId)
  if (!host || !guest || uri === undefined || fact.answer !== 'yes') return
  const envelope = {
    id: ctx.urls.activity('accept', ctx.ids.next()),
    actor: host.uri,
    addressing: { to: [guest.uri], cc: [] },
  }
  const object = { id: uri, type: 'Join', actor: guest.uri, object: post.uri }
  const activity = writeActivity('Accept', envelope, { object })
  await tell(ctx, tx, { accountId: host.id, activity, recipients: { personalIds: [guest.id] } })
}

// Gives and takes back our authors' consent to be quoted (FEP-044f).
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findPost } from '../../../domain/federation/outgoing-rows.ts'
import { PUBLIC } from '../wire.ts'
import { writeActivity } from '../write/activity.ts'
import { quoteStamp, writeQuoteAnswer } from '../write/quote-stamp.ts'
import { postEdited } from './posts.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

/** A quote was settled: of our post by somebody elsewhere, or by one of ours. */
export async function quoteSettled(ctx: Context, tx: Tx, fact: FactOf<'quote-settled'>): Promise<void> {
  const quoting = await findPost(tx, fact.postId)
  const quoted = await findPost(tx, fact.quotedId)
  if (!quoting || !quoted) return
  if (quoting.local === 1) await postEdited(ctx, tx, { postId: quoting.id })
  const author = quoted.local === 1 ? await localSpeaker(tx, quoted.account_id) : undefined
  if (!author) return
  const stampUri = quoteStamp(quoted.uri, quoting.id)
  if (fact.state === 'revoked' || fact.state === 'deleted') {
    const envelope = { id: `${stampUri}#delete`, actor: author.uri, addressing: { to: [PUBLIC], cc: [] } }
    const activity = writeActivity('Delete', envelope, { object: stampUri })
    const recipients = {
      accountIds: [quoting.account_id],
      touchedPosts: [quoting.id],
      followersOf: [author.id],
    }
    await tell(ctx, tx, { accountId: author.id, activity, recipients })
    return
  }
  const requester = await remotePeer(tx, quoting.account_id)
  if (!requester || (fact.state !== 'accepted' && fact.state !== 'rejected')) return
  const activity = writeQuoteAnswer({
    id: ctx.urls.activity('accept', ctx.ids.next()),
    actor: author.uri,
    requester: requester.uri,
    quotedUri: quoted.uri,
    quotingUri: quoting.uri,
    ...(fact.state === 'accepted' ? { stampUri } : {}),
  })
  await tell(ctx, tx, { accountId: author.id, activity, recipients: { personalIds: [requester.id] } })
}

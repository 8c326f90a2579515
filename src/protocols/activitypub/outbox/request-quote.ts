// Asks authors of other servers for consent to be quoted (FEP-044f).
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { findPost } from '../../../domain/federation/outgoing-rows.ts'
import type { Post } from '../../../domain/federation/outgoing-rows.ts'
import { writeNote } from '../write/note.ts'
import { writeQuoteRequest } from '../write/quote-stamp.ts'
import type { OutgoingPost } from '../write/types.ts'
import { remotePeer, tell } from './tell.ts'

/** A post of ours that quotes one from elsewhere and still needs its author's consent. */
export async function requestQuote(ctx: Context, tx: Tx, post: Post, outgoing: OutgoingPost): Promise<void> {
  const quoted = post.quote_of_id === null ? undefined : await findPost(tx, post.quote_of_id)
  const author = quoted && (await remotePeer(tx, quoted.account_id))
  if (!quoted || !author || (post.quote_state !== 'pending' && post.quote_state !== 'accepted')) return
  const activity = writeQuoteRequest({
    id: `${post.uri}#quote-request`,
    actor: outgoing.author.uri,
    quotedUri: quoted.uri,
    quotedAuthorUri: author.uri,
    quoting: writeNote(outgoing),
  })
  await tell(ctx, tx, { accountId: post.account_id, activity, recipients: { personalIds: [author.id] } })
}

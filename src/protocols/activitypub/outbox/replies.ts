// Asks authors of other servers whether ours may answer them, and spreads the answer once they agree (GoToSocial's way).
import type { Context } from '../../../domain/context.ts'
import { findPost } from '../../../domain/federation/outgoing-rows.ts'
import type { Post } from '../../../domain/federation/outgoing-rows.ts'
import { findReplyConsent, knowsRequests } from '../../../domain/federation/reply-consents.ts'
import type { Tx } from '../../../domain/ports.ts'
import { writeActivity, writeCreate } from '../write/activity.ts'
import { writeNote } from '../write/note.ts'
import type { OutgoingPost } from '../write/types.ts'
import { remotePeer, tell } from './tell.ts'

/** Whether others have to wait for the author of what the post answers. */
export async function awaitsConsent(tx: Tx, post: Post): Promise<boolean> {
  if (post.in_reply_to_id === null) return false
  const consent = await findReplyConsent(tx, post.id)
  return consent !== undefined && consent.state !== 'accepted'
}

/** Sends the reply to who is asked, and to nobody else. */
export async function requestReply(ctx: Context, tx: Tx, post: Post, outgoing: OutgoingPost): Promise<void> {
  const parent = post.in_reply_to_id === null ? undefined : await findPost(tx, post.in_reply_to_id)
  const author = parent && (await remotePeer(tx, parent.account_id))
  if (!parent || !author) return
  const id = `${post.uri}#reply-request`
  const addressing = { to: [author.uri], cc: [] }
  const activity = (await knowsRequests(tx, parent.id))
    ? writeActivity(
        'ReplyRequest',
        { id, actor: outgoing.author.uri, addressing },
        { object: parent.uri, instrument: writeNote(outgoing) },
      )
    : writeCreate(outgoing)
  await tell(ctx, tx, { accountId: post.account_id, activity, recipients: { personalIds: [author.id] } })
}

// Passes on, unchanged, what others do under our authors' posts, so that the author's followers see it too.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import { findPost } from '../../../domain/federation/outgoing-rows.ts'
import { localSpeaker, tellBytes } from './tell.ts'

/**
 * Forwards an activity that arrived about the local post `postId` (a reply, like, boost, or their Update, Delete, Undo) to the
 * followers of its author. `raw` is the body as received: it must carry its author's own signature (`signature`), since nobody
 * would believe ours. Nothing happens for posts that not everyone may see. The request is signed by the local author.
 */
export async function forwardActivity(
  ctx: Context,
  tx: Tx,
  forwarded: { raw: string; postId: number },
): Promise<void> {
  const post = await findPost(tx, forwarded.postId)
  if (!post || post.local === 0 || post.local_only === 1 || !isOpen(post.audience as Audience)) return
  if (!(await localSpeaker(tx, post.account_id))) return
  await tellBytes(ctx, tx, {
    accountId: post.account_id,
    body: forwarded.raw,
    recipients: { followersOf: [post.account_id] },
  })
}

// Tells people of this server that somebody elsewhere invites them to an event.
import { findAccount } from '../../store/accounts.ts'
import { findAuthor } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import { insertRecipients } from '../../store/recipients.ts'
import type { Context } from '../context.ts'
import { notifyFrom } from '../notifications/notify-from.ts'

const MAX_GUESTS = 50

/**
 * `byId` must be who announced the event, or somebody of the same server. Whoever is invited can see the event from now
 * on, and is told as of a mention. False where nobody of this server is invited.
 */
export async function inviteToEvent(
  ctx: Context,
  invitation: { postId: number; byId: number; guestIds: readonly number[] },
): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const post = await findPost(tx, invitation.postId)
    const from = await findAuthor(tx, invitation.byId)
    const host = post && (await findAuthor(tx, post.account_id))
    if (post?.kind !== 'event' || !from || host?.domain !== from.domain) return false
    const accountIds: number[] = []
    for (const id of invitation.guestIds.slice(0, MAX_GUESTS)) {
      const guest = await findAccount(tx, id)
      if (guest?.domain === '' && guest.deleted_at === null) accountIds.push(id)
    }
    if (accountIds.length === 0) return false
    await insertRecipients(
      tx,
      post.id,
      accountIds.map((accountId) => ({ accountId, kind: 'silent' })),
    )
    await notifyFrom(ctx, tx, { kind: 'mention', from, subjectId: post.id, post, accountIds })
    return true
  })
}

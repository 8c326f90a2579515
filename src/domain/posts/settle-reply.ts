// Settles whether a local post may answer one of another server: granted, refused or taken back by its author.
import type { Post } from '../../model/post.ts'
import { findPost, lockPost } from '../../store/posts.ts'
import { listConsented, loadReplyConsents, putReplyConsent } from '../../store/reply-consents.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'

export interface ReplySettlement {
  postId: number
  /** Who was asked: only the author of what is answered can settle it. */
  authorId: number
  state: 'accepted' | 'rejected'
  uri?: string
}

/** False where nobody was asked, or nothing changed. */
export async function settleReply(ctx: Context, settlement: ReplySettlement): Promise<boolean> {
  const { postId, authorId, state, uri = null } = settlement
  return ctx.store.write(async (tx) => {
    const post = await lockPost(tx, postId)
    if (post?.local !== 1 || (await parentAuthor(ctx, post)) !== authorId) return false
    const known = (await loadReplyConsents(tx, [postId])).get(postId)
    if (!known || known.state === state) return false
    await putReplyConsent(tx, { postId, state, uri })
    await recordFact(ctx, tx, { type: 'reply-settled', postId, accountId: post.account_id, state })
    return true
  })
}

/** The author takes the consent at `uri` back; false where none of ours rests on it. */
export async function revokeReply(ctx: Context, authorId: number, uri: string): Promise<boolean> {
  let isRevoked = false
  for (const postId of await listConsented(ctx.store.read, uri))
    if (await settleReply(ctx, { postId, authorId, state: 'rejected' })) isRevoked = true
  return isRevoked
}

async function parentAuthor(ctx: Context, post: Post): Promise<number | undefined> {
  if (post.in_reply_to_id === null) return undefined
  return (await findPost(ctx.store.read, post.in_reply_to_id))?.account_id
}

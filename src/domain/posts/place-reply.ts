// Decides whether a local author may answer a post, and whether its author must be asked first.
import { Refusal } from '../../model/refusal.ts'
import { mayAsk, mayUnasked } from '../../model/approval.ts'
import type { Approval } from '../../model/approval.ts'
import type { Post } from '../../model/post.ts'
import { followsAccepted } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import { listRecipients } from '../../store/recipients.ts'
import type { Context } from '../context.ts'

/** Refuses where comments are closed or the author wants no answers; says whether the author has to agree. */
export async function placeReply(ctx: Context, author: Author, parent: Post): Promise<{ mustAsk: boolean }> {
  await refuseClosed(ctx, parent)
  const isFree = parent.local === 1 || parent.account_id === author.id || parent.reply_policy === 'public'
  if (isFree || (await isMentioned(ctx, author, parent))) return { mustAsk: false }
  const policy = parent.reply_policy as Approval
  const follows = await followsAccepted(ctx.store.read, author.id, parent.account_id)
  if (!mayUnasked(policy, follows) && !mayAsk(policy))
    throw new Refusal(
      'forbidden',
      policy === 'followers'
        ? 'Only followers of its author may reply to this post'
        : 'The author of this post does not want replies',
    )
  // Those who may reply unasked are approved by a program; without its stamp third servers would drop the reply.
  return { mustAsk: true }
}

async function refuseClosed(ctx: Context, parent: Post): Promise<void> {
  const isRoot = parent.thread_id === parent.id
  const root = isRoot ? parent : await findPost(ctx.store.read, parent.thread_id)
  if (parent.comments_closed === 1 || root?.comments_closed === 1)
    throw new Refusal('forbidden', 'Comments on this post are closed, so nobody can reply to it')
}

/** Whoever a post mentions may answer it. */
async function isMentioned(ctx: Context, author: Author, parent: Post): Promise<boolean> {
  const named = await listRecipients(ctx.store.read, parent.id)
  return named.some((one) => one.accountId === author.id && one.kind === 'mention')
}

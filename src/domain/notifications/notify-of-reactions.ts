// Authors are told of likes and emoji reactions; nobody is told of dislikes, which would only hurt.
import type { FactOf, UndoneReaction } from '../../model/facts.ts'
import { removeNotification } from '../../store/notifications.ts'
import { findAuthor } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import { findReactionById } from '../../store/reactions.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { notifyFrom } from './notify-from.ts'

export async function notifyOfReaction(ctx: Context, tx: Tx, fact: FactOf<'reaction-added'>): Promise<void> {
  const post = await findPost(tx, fact.postId)
  if (post?.local !== 1) return
  const reaction = await findReactionById(tx, fact.reactionId)
  const from = await findAuthor(tx, fact.accountId)
  if (!reaction || !from || reaction.kind === 'dislike') return
  const accountIds = [post.account_id]
  if (reaction.kind === 'like') {
    await notifyFrom(ctx, tx, { kind: 'like', from, subjectId: post.id, post, accountIds })
  } else {
    await notifyFrom(ctx, tx, { kind: 'reaction', from, subjectId: reaction.id, post, accountIds })
  }
}

export async function takeBackReaction(tx: Tx, reaction: UndoneReaction): Promise<void> {
  const isLike = reaction.kind === 'like'
  await removeNotification(tx, {
    accountId: reaction.postAuthorId,
    kind: isLike ? 'like' : 'reaction',
    fromId: reaction.accountId,
    subjectId: isLike ? reaction.postId : reaction.id,
  })
}

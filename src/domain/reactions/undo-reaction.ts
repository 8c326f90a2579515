// Takes reactions back.
import { Refusal } from '../../model/refusal.ts'
import { addToPostCounter, findPost } from '../../store/posts.ts'
import { findReaction, findReactionByUri, removeReaction } from '../../store/reactions.ts'
import type { Reaction, ReactionKind } from '../../store/reactions.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'

export interface ReactionToUndo {
  accountId: number
  postId: number
  kind: ReactionKind
  emoji?: string
}

/** False when there was none; works for posts that can no longer be seen, too. */
export async function undoReaction(ctx: Context, wanted: ReactionToUndo): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const named = await findPost(tx, wanted.postId)
    const postId = named?.boost_of_id ?? wanted.postId
    const reaction = await findReaction(tx, { ...wanted, postId })
    if (!reaction) return false
    await undoReactionRow(ctx, tx, reaction)
    return true
  })
}

export async function unlikePost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await undoReaction(ctx, { accountId, postId, kind: 'like' })
}

/** A server takes a reaction back by its address; only the account that reacted can. */
export async function undoReceivedReaction(ctx: Context, uri: string, byAccountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const reaction = await findReactionByUri(tx, uri)
    if (!reaction) return false
    if (reaction.account_id !== byAccountId) {
      throw new Refusal('forbidden', 'Only who reacted can take the reaction back')
    }
    await undoReactionRow(ctx, tx, reaction)
    return true
  })
}

const COUNTERS: Partial<Record<string, 'likes_count' | 'dislikes_count'>> = {
  like: 'likes_count',
  dislike: 'dislikes_count',
}

export async function undoReactionRow(ctx: Context, tx: Tx, reaction: Reaction): Promise<void> {
  if (!(await removeReaction(tx, reaction.id))) return
  const post = await findPost(tx, reaction.post_id)
  if (!post) return
  const counter = COUNTERS[reaction.kind]
  if (counter) await addToPostCounter(tx, post.id, counter, -1)
  await recordFact(ctx, tx, {
    type: 'reaction-undone',
    reaction: {
      id: reaction.id,
      uri: reaction.uri,
      kind: reaction.kind,
      emoji: reaction.emoji,
      postId: post.id,
      postUri: post.uri,
      postAuthorId: post.account_id,
      accountId: reaction.account_id,
    },
  })
}

// Tells authors of other servers that one of ours likes, dislikes or reacts to their post.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findEmojis, findPost, findReactionById } from '../../../domain/federation/outgoing-rows.ts'
import { writeCustomEmoji } from '../load-account.ts'
import { writeReaction, writeUndo } from '../write/activity.ts'
import { addressTo } from '../write/audience.ts'
import { writeEmoji } from '../write/tags.ts'
import type { Document } from '../write/types.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

export async function reactionAdded(ctx: Context, tx: Tx, fact: FactOf<'reaction-added'>): Promise<void> {
  const reaction = await findReactionById(tx, fact.reactionId)
  const post = await findPost(tx, fact.postId)
  const actor = await localSpeaker(tx, fact.accountId)
  const author = post && (await remotePeer(tx, post.account_id))
  if (!reaction || !post || !actor || !author) return
  const icon = reaction.emoji_id === null ? undefined : await customIcon(ctx, tx, reaction.emoji_id)
  const activity = writeReaction(
    reaction.kind,
    {
      id: reaction.uri ?? ctx.urls.activity('like', reaction.id),
      actor: actor.uri,
      addressing: addressTo([author.uri], { open: isOpen(post.audience as Audience) }),
    },
    { objectUri: post.uri, emoji: reaction.emoji, ...(icon === undefined ? {} : { icon }) },
  )
  await tell(ctx, tx, { accountId: actor.id, activity, recipients: { personalIds: [author.id] } })
}

async function customIcon(ctx: Context, tx: Tx, emojiId: number): Promise<Document | undefined> {
  const [emoji] = await findEmojis(tx, [emojiId])
  const outgoing = emoji && writeCustomEmoji(ctx, emoji)
  return outgoing && writeEmoji(outgoing)
}

export async function reactionUndone(ctx: Context, tx: Tx, fact: FactOf<'reaction-undone'>): Promise<void> {
  const { reaction } = fact
  const actor = await localSpeaker(tx, reaction.accountId, { evenSuspended: true })
  const author = await remotePeer(tx, reaction.postAuthorId)
  if (!actor || !author) return
  const id = reaction.uri ?? ctx.urls.activity('like', reaction.id)
  const addressing = { to: [author.uri], cc: [] }
  const { kind, emoji, postUri } = reaction
  const like = writeReaction(kind, { id, actor: actor.uri, addressing }, { objectUri: postUri, emoji })
  await tell(ctx, tx, {
    accountId: actor.id,
    activity: writeUndo(like),
    recipients: { personalIds: [author.id] },
  })
}

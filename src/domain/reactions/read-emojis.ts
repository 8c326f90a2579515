// The emojis with which people reacted to a post, and how many used each.
import type { CustomEmoji } from '../../model/custom-emoji.ts'
import { findEmojis } from '../../store/custom-emojis.ts'
import { countEmojis, listOwnEmojis } from '../../store/reactions.ts'
import type { Context } from '../context.ts'
import { viewPost } from '../posts/view-posts.ts'

export interface EmojiCount {
  /** One Unicode emoji, or a custom emoji's `:shortcode:`. */
  emoji: string
  count: number
  mine: boolean
  custom: CustomEmoji | undefined
}

/** The most used first. */
export async function readEmojis(
  ctx: Context,
  viewerId: number | undefined,
  postId: number,
): Promise<EmojiCount[]> {
  const db = ctx.store.read
  const view = await viewPost(db, viewerId, postId)
  const id = (view.boostOf ?? view).post.id
  const counts = await countEmojis(db, id)
  const customs = await findEmojis(
    db,
    counts.flatMap((one) => one.emojiId ?? []),
  )
  const own = new Set(viewerId === undefined ? [] : await listOwnEmojis(db, id, viewerId))
  return counts.map(({ emoji, emojiId, count }) => ({
    emoji,
    count,
    mine: own.has(emoji),
    custom: customs.find((one) => one.id === emojiId),
  }))
}

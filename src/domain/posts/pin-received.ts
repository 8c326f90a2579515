// Pins that accounts of other servers set and take away one by one.
import { insertPin, listPins, removePin } from '../../store/pins.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'

const MAX_PINS = 20

/** False for posts that are neither the account's own nor posted to it as a group, and beyond the most that are kept. */
export async function pinReceived(ctx: Context, accountId: number, postId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const post = await findPost(tx, postId)
    if (!post || post.boost_of_id !== null) return false
    if (post.group_id !== accountId && (post.account_id !== accountId || post.local === 1)) return false
    const pinned = await listPins(tx, accountId, MAX_PINS)
    if (pinned.includes(postId)) return true
    if (pinned.length >= MAX_PINS) return false
    await insertPin(tx, { id: ctx.ids.next(), accountId, postId })
    return true
  })
}

export async function unpinReceived(ctx: Context, accountId: number, postId: number): Promise<boolean> {
  return ctx.store.write((tx) => removePin(tx, accountId, postId))
}

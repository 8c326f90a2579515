// Keeps a few of an author's posts on top of the profile.
import { Refusal, notFound } from '../../model/refusal.ts'
import { insertPin, listPins, removePin } from '../../store/pins.ts'
import { findPost, lockPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { canSee } from './see-post.ts'
import { POST_LIMITS } from './limits.ts'

/** Only own posts, neither boosts nor direct ones, and only a few; pinning twice is once. */
export async function pinPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await lockPost(tx, postId)
    if (!post || !(await canSee(tx, { id: accountId, domain: '' }, post))) throw notFound()
    if (post.account_id !== accountId) {
      throw new Refusal('invalid', 'Only your own posts can be pinned')
    }
    if (post.boost_of_id !== null) throw new Refusal('invalid', 'A boost cannot be pinned')
    if (post.audience === 'direct') throw new Refusal('invalid', 'A direct post cannot be pinned')
    const pinned = await listPins(tx, accountId, POST_LIMITS.pins)
    if (pinned.includes(postId)) return
    if (pinned.length >= POST_LIMITS.pins) {
      throw new Refusal('invalid', `You can pin at most ${POST_LIMITS.pins} posts`)
    }
    if (await insertPin(tx, { id: ctx.ids.next(), accountId, postId })) {
      await recordFact(ctx, tx, { type: 'post-pinned', postId, accountId })
    }
  })
}

/** Unpinning what is not pinned changes nothing. */
export async function unpinPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await findPost(tx, postId)
    if (!post || !(await canSee(tx, { id: accountId, domain: '' }, post))) throw notFound()
    if (!(await removePin(tx, accountId, postId))) return
    await recordFact(ctx, tx, { type: 'post-unpinned', postId, accountId, uri: post.uri })
  })
}

/** The pins of an account of another server, in their order; facts are told of nobody else's pins. */
export async function setReceivedPins(
  ctx: Context,
  accountId: number,
  postIds: readonly number[],
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const wanted = postIds.slice(0, MAX_REMOTE_PINS)
    for (const postId of await listPins(tx, accountId, MAX_REMOTE_PINS * 2)) {
      if (!wanted.includes(postId)) await removePin(tx, accountId, postId)
    }
    for (const postId of wanted.toReversed()) {
      const post = await findPost(tx, postId)
      if (post?.account_id === accountId || post?.group_id === accountId)
        await insertPin(tx, { id: ctx.ids.next(), accountId, postId })
    }
  })
}
const MAX_REMOTE_PINS = 20

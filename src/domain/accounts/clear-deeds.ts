// Takes a deleted account's posts, follows and reactions away, a chunk at a time.
import { addToCounter } from '../../store/accounts.ts'
import { deleteFollow } from '../../store/follows.ts'
import { addToPostCounter } from '../../store/posts.ts'
import { removeReaction } from '../../store/reactions.ts'
import { listFollowsOf, listPostIds, listReactionsBy } from '../../store/remote-accounts.ts'
import type { Context } from '../context.ts'
import { removeAnyPost } from '../posts/delete-post.ts'

const CHUNK = 50

/** Works until nothing is left; interrupted, it goes on where it was when it is called again. */
export async function clearDeeds(ctx: Context, accountId: number): Promise<void> {
  let isMore = true
  while (isMore) {
    const posts = await clearPosts(ctx, accountId)
    const follows = await clearFollows(ctx, accountId)
    const reactions = await clearReactions(ctx, accountId)
    isMore = posts + follows + reactions > 0
  }
}

async function clearPosts(ctx: Context, accountId: number): Promise<number> {
  const ids = await listPostIds(ctx.store.read, accountId, CHUNK)
  for (const id of ids) await removeAnyPost(ctx, id)
  return ids.length
}

async function clearFollows(ctx: Context, goneId: number): Promise<number> {
  const follows = await listFollowsOf(ctx.store.read, goneId, CHUNK)
  await ctx.store.write(async (tx) => {
    for (const { accountId, targetId } of follows) {
      const ended = await deleteFollow(tx, accountId, targetId)
      if (ended?.accepted !== 1) continue
      if (accountId !== goneId) await addToCounter(tx, accountId, 'following_count', -1)
      if (targetId !== goneId) await addToCounter(tx, targetId, 'followers_count', -1)
    }
  })
  return follows.length
}

async function clearReactions(ctx: Context, accountId: number): Promise<number> {
  const reactions = await listReactionsBy(ctx.store.read, accountId, CHUNK)
  await ctx.store.write(async (tx) => {
    for (const { id, post_id: postId, kind } of reactions) {
      if (!(await removeReaction(tx, id))) continue
      if (kind === 'like') await addToPostCounter(tx, postId, 'likes_count', -1)
      if (kind === 'dislike') await addToPostCounter(tx, postId, 'dislikes_count', -1)
    }
  })
  return reactions.length
}

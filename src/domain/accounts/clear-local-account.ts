// Clears away what a deleted account of this server left: posts, follows, reactions and everything it kept.
import { addToCounter, findAccount } from '../../store/accounts.ts'
import { deleteFollow } from '../../store/follows.ts'
import { removeOwnRows } from '../../store/local-accounts.ts'
import { addToPostCounter } from '../../store/posts.ts'
import { removeReaction } from '../../store/reactions.ts'
import { listFollowsOf, listPostIds, listReactionsBy } from '../../store/remote-accounts.ts'
import type { Context } from '../context.ts'
import { removeAnyPost } from '../posts/delete-post.ts'
import type { DomainJob } from '../posts/post-jobs.ts'

export const CLEAR_LOCAL_ACCOUNT = 'clear-local-account'
export const LOCAL_ACCOUNTS_QUEUE = 'local-accounts'
const CHUNK = 50
const ROWS = 200

/** The job about deleted accounts of this server. */
export const localAccountJobs: readonly DomainJob[] = [
  {
    kind: CLEAR_LOCAL_ACCOUNT,
    queue: LOCAL_ACCOUNTS_QUEUE,
    run: (ctx, payload) => clearLocalAccount(ctx, (payload as { accountId: number }).accountId),
  },
]

/** Works in chunks until nothing is left, and goes on where it was when it is run again; never touches an account that lives. */
export async function clearLocalAccount(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account || account.domain !== '' || account.deleted_at === null) return
  let isMore = true
  while (isMore) {
    const posts = await clearPosts(ctx, accountId)
    const follows = await clearFollows(ctx, accountId)
    const reactions = await clearReactions(ctx, accountId)
    isMore = posts + follows + reactions > 0
  }
  let isDone = false
  while (!isDone) isDone = await ctx.store.write((tx) => removeOwnRows(tx, accountId, ROWS))
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

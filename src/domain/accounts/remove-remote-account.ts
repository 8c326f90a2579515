// Ends an account of another server: at once for readers, then its rows in chunks.
import { addToCounter, findAccount, findByUri, updateAccount } from '../../store/accounts.ts'
import { insertTombstone } from '../../store/post-rows.ts'
import { addToPostCounter } from '../../store/posts.ts'
import { listFollowsOf, listPostIds, listReactionsBy, removeTies } from '../../store/remote-accounts.ts'
import { deleteFollow } from '../../store/follows.ts'
import { removeReaction } from '../../store/reactions.ts'
import type { Context } from '../context.ts'
import { removeAnyPost } from '../posts/delete-post.ts'
import { recordFact } from '../record-fact.ts'

export const CLEAR_ACCOUNT = 'clear-account'
export const ACCOUNTS_QUEUE = 'accounts'
const CHUNK = 50

/** The account is gone for everybody at once; a job clears its rows away. False when it is unknown or was gone already. */
export async function removeRemoteAccount(ctx: Context, uri: string): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const account = await findByUri(tx, uri)
    if (!account || account.domain === '' || account.deleted_at !== null) return false
    await updateAccount(tx, account.id, {
      deleted_at: ctx.clock.now(),
      name: '',
      note: '',
      fields: '[]',
      avatar_remote_url: null,
      header_remote_url: null,
      inbox: null,
      shared_inbox: null,
      raw: null,
    })
    await insertTombstone(tx, uri, ctx.clock.now())
    await recordFact(ctx, tx, { type: 'account-deleted', accountId: account.id, uri })
    await ctx.jobs.add(tx, {
      queue: ACCOUNTS_QUEUE,
      kind: CLEAR_ACCOUNT,
      payload: { accountId: account.id },
      key: `${CLEAR_ACCOUNT}-${account.id}`,
    })
    return true
  })
}

/** Clears one chunk away and asks for the next, until nothing is left; never touches an account that lives. */
export async function clearAccount(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account || account.domain === '' || account.deleted_at === null) return
  let isMore = true
  while (isMore) {
    const posts = await clearPosts(ctx, accountId)
    const follows = await clearFollows(ctx, accountId)
    const reactions = await clearReactions(ctx, accountId)
    isMore = posts + follows + reactions > 0
  }
  await ctx.store.write((tx) => removeTies(tx, accountId))
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

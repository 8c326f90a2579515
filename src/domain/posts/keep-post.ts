// What people do with posts for themselves: bookmark them, mute their threads.
import { insertBookmark, insertThreadMute, removeBookmark, removeThreadMute } from '../../store/bookmarks.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { localAuthor } from './active-author.ts'
import type { Tx } from '../ports.ts'
import { forgetReaders } from './reader-memory.ts'
import { seeOriginal } from './see-post.ts'

export async function bookmarkPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  const id = ctx.ids.next()
  await change(ctx, accountId, (tx) => insertBookmark(tx, { id, accountId, postId: post.id }))
}

/** Works for posts that can no longer be seen, too. */
export async function unbookmarkPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  const post = await findPost(ctx.store.read, postId)
  await change(ctx, accountId, (tx) => removeBookmark(tx, accountId, post?.boost_of_id ?? postId))
}

/** No notifications about the thread of this post any more. */
export async function muteThread(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  await change(ctx, accountId, (tx) => insertThreadMute(tx, accountId, post.thread_id))
}

export async function unmuteThread(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  await change(ctx, accountId, (tx) => removeThreadMute(tx, accountId, post.thread_id))
}

/** Private marks set off nothing else, so no fact tells of them; only what is remembered of the reader is stale. */
async function change(ctx: Context, accountId: number, work: (tx: Tx) => Promise<void>): Promise<void> {
  await ctx.store.write(async (tx) => {
    await work(tx)
    forgetReaders(ctx, tx, [accountId])
  })
}

// What people do with posts for themselves: bookmark them, mute their threads.
import { insertBookmark, insertThreadMute, removeBookmark, removeThreadMute } from '../../store/bookmarks.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { localAuthor } from './active-author.ts'
import { seeOriginal } from './see-post.ts'

export async function bookmarkPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  const id = ctx.ids.next()
  await ctx.store.write((tx) => insertBookmark(tx, { id, accountId, postId: post.id }))
}

/** Works for posts that can no longer be seen, too. */
export async function unbookmarkPost(ctx: Context, accountId: number, postId: number): Promise<void> {
  const post = await findPost(ctx.store.read, postId)
  await ctx.store.write((tx) => removeBookmark(tx, accountId, post?.boost_of_id ?? postId))
}

/** No notifications about the thread of this post any more. */
export async function muteThread(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  await ctx.store.write((tx) => insertThreadMute(tx, accountId, post.thread_id))
}

export async function unmuteThread(ctx: Context, accountId: number, postId: number): Promise<void> {
  const reader = await localAuthor(ctx, accountId)
  const post = await seeOriginal(ctx.store.read, reader, postId)
  await ctx.store.write((tx) => removeThreadMute(tx, accountId, post.thread_id))
}

// Deletes posts, by their local authors or by the servers they came from.
import type { DeletedPost } from '../../model/facts.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { removePostParts } from '../../store/post-remains.ts'
import { insertTombstone } from '../../store/post-rows.ts'
import {
  addToPostCounter,
  countPostOf,
  findPost,
  findPostByUri,
  lockPost,
  removePost,
} from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import { listRecipients } from '../../store/recipients.ts'
import { countFeaturedTags, listPostTags } from '../../store/tags.ts'
import type { PostTag } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { describeRow } from './describe-row.ts'
import { countsAsReply } from './store-post.ts'
import { undoBoostRow } from './undo-boost.ts'

/** Deletes a post of this local account; its media are free again for a while, so it can be written anew. */
export async function deletePost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await lockPost(tx, postId)
    if (!post || post.account_id !== accountId) throw notFound()
    await erasePost(ctx, tx, post)
  })
}

/**
 * Deletes any post: for moderators, for accounts that end, and for old remote posts; with `authorId` only if it is theirs.
 * False when it was gone.
 */
export async function removeAnyPost(ctx: Context, postId: number, authorId?: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const post = await lockPost(tx, postId)
    if (!post || (authorId !== undefined && post.account_id !== authorId)) return false
    await erasePost(ctx, tx, post)
    return true
  })
}

/**
 * A server says that a post is gone. Only its own author's word counts. False when the post is not known: the caller may
 * then note its address (`rememberDeleted`), once it has made sure that it belongs to the author's server.
 */
export async function deleteReceivedPost(ctx: Context, uri: string, byAccountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const known = await findPostByUri(tx, uri)
    if (!known) return false
    if (known.account_id !== byAccountId || known.local === 1) {
      throw new Refusal('forbidden', 'Only its author can delete a post')
    }
    const post = await lockPost(tx, known.id)
    if (post) await erasePost(ctx, tx, post)
    return post !== undefined
  })
}

/** Notes that a post which never arrived here is deleted, so that a late copy is not taken in. */
export async function rememberDeleted(ctx: Context, uri: string): Promise<void> {
  await ctx.store.write((tx) => insertTombstone(tx, uri, ctx.clock.now()))
}

async function erasePost(ctx: Context, tx: Tx, post: Post): Promise<void> {
  if (post.boost_of_id !== null) return undoBoostRow(ctx, tx, post)
  const tags = await listPostTags(tx, post.id)
  const gone = await describe(tx, post, tags)
  await removePostParts(tx, post.id)
  await removePost(tx, post.id)
  await insertTombstone(tx, post.uri, ctx.clock.now())
  await discount(tx, post, tags)
  await recordFact(ctx, tx, { type: 'post-deleted', post: gone })
}

async function describe(tx: Tx, post: Post, tags: PostTag[]): Promise<DeletedPost> {
  const recipients = await listRecipients(tx, post.id)
  return {
    ...describeRow(post),
    recipientIds: recipients.map((recipient) => recipient.accountId),
    tagNames: tags.map((tag) => tag.name),
  }
}

async function discount(tx: Tx, post: Post, tags: PostTag[]): Promise<void> {
  if (post.audience !== 'direct') await countPostOf(tx, post.account_id, -1)
  const tagIds = tags.map((tag) => tag.id)
  if (post.local === 1) await countFeaturedTags(tx, post.account_id, tagIds, { by: -1 })
  const parent = post.in_reply_to_id === null ? undefined : await findPost(tx, post.in_reply_to_id)
  if (parent && countsAsReply(post, parent)) await addToPostCounter(tx, parent.id, 'replies_count', -1)
  if (post.quote_of_id !== null && post.quote_state === 'accepted') {
    await addToPostCounter(tx, post.quote_of_id, 'quotes_count', -1)
  }
}

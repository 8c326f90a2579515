// Pictures inside the text of other servers' articles and events: found by the seal in their address, kept like attachments.
import { inlinePictures, pictureUrl } from '../../lib/html/inline-pictures.ts'
import { insertMedia, listInlineMedia } from '../../store/media-rows.ts'
import { listEdits } from '../../store/post-edits.ts'
import { findPost, lockPost } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import type { MediaContext } from './machines.ts'

/** Versions of a post whose pictures are looked through. */
const MAX_VERSIONS = 200

/** The id of the media that stand for the picture; undefined when the post shows, and showed, no such picture. */
export async function findInlinePicture(
  ctx: MediaContext,
  postId: number,
  seal: string,
): Promise<number | undefined> {
  const post = await findPost(ctx.store.read, postId)
  if (!post) return undefined
  const address = await findAddress(ctx, post, seal)
  if (address === undefined) return undefined
  const url = pictureUrl(address)
  const known = (await listInlineMedia(ctx.store.read, postId)).find((row) => row.remote_url === url)
  return known?.id ?? insertRow(ctx, post, url)
}

async function findAddress(ctx: MediaContext, post: Post, seal: string): Promise<string | undefined> {
  const isMeant = (address: string): boolean => ctx.urls.isPictureSeal(post.id, address, seal)
  const present = inlinePictures(post.content).find(isMeant)
  if (present !== undefined || post.edited_at === null) return present
  const edits = await listEdits(ctx.store.read, post.id, MAX_VERSIONS)
  return edits.flatMap(({ snapshot }) => inlinePictures(snapshot.content)).find(isMeant)
}

async function insertRow(ctx: MediaContext, post: Post, url: string): Promise<number | undefined> {
  return ctx.store.write(async (tx) => {
    // Two who look at once, perhaps in two processes, get one row.
    if (!(await lockPost(tx, post.id))) return undefined
    const known = (await listInlineMedia(tx, post.id)).find((row) => row.remote_url === url)
    if (known) return known.id
    const id = ctx.ids.next()
    const row = { id, account_id: post.account_id, post_id: null, inline_of: post.id, remote_url: url }
    await insertMedia(tx, [{ ...row, kind: 'image', created_at: ctx.clock.now() }])
    return id
  })
}

// Makes the media of a post from elsewhere those of its new version, keeping copies of what stayed.
import type { IncomingPost, Post } from '../../model/post.ts'
import { detachMedia, insertMedia, listMediaOf, updateMedia } from '../../store/media-rows.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REMOTE_LIMITS } from './limits.ts'
import { mediaDescription, mediaRow } from './received-rows.ts'

/** Says whether anything changed. */
export async function replaceReceivedMedia(
  ctx: Context,
  tx: Tx,
  post: Post,
  incoming: IncomingPost,
): Promise<boolean> {
  const before = await listMediaOf(tx, post.id)
  const byUrl = new Map(before.map((row) => [row.remote_url, row]))
  const wanted = incoming.attachments.slice(0, REMOTE_LIMITS.media)
  const kept = new Set(wanted.flatMap((media) => byUrl.get(media.url)?.id ?? []))
  let isChanged = kept.size !== before.length
  if (isChanged) await detachMedia(tx, post.id, [...kept])
  const fresh = []
  for (const [position, media] of wanted.entries()) {
    const row = byUrl.get(media.url)
    const description = mediaDescription(media)
    if (!row) {
      fresh.push(mediaRow(ctx, { id: post.id, accountId: post.account_id }, media, position))
    } else if (row.position !== position || row.description !== description) {
      await updateMedia(tx, row.id, { position, description })
      isChanged = true
    }
  }
  await insertMedia(tx, fresh)
  return isChanged || fresh.length > 0
}

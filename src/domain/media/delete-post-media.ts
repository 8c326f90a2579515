// Deletes the media of a post that was deleted, for authors who will not write it anew.
import { detachMedia } from '../../store/media-rows.ts'
import { deleteMedia } from './own-media.ts'
import type { MediaContext } from './machines.ts'

/** `mediaIds` are those that the account's post had. */
export async function deletePostMedia(
  ctx: MediaContext,
  post: { id: number; accountId: number },
  mediaIds: readonly number[],
): Promise<void> {
  await ctx.store.write((tx) => detachMedia(tx, post.id, []))
  for (const id of mediaIds) await deleteMedia(ctx, post.accountId, id)
}

// Keeps the picture that stands for this server.
import type { Context } from '../context.ts'
import { dropFiles, keepPicture } from '../media/keep-files.ts'
import type { MediaContext } from '../media/machines.ts'
import { pictureKeys } from '../media/media-keys.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { choicesOf } from './choices.ts'

/** Keeps the picture while `work` writes its key; of the old and the new one the one without a row goes away. Refuses what is no picture. */
export async function keepThumbnail(
  ctx: MediaContext,
  actor: Actor,
  bytes: Uint8Array,
  work: (key: string) => Promise<void>,
): Promise<void> {
  requirePermission(actor, 'manage-settings')
  const made = await ctx.media.works.header(bytes)
  const { key } = await keepPicture(ctx, pictureKeys('server', `thumbnail-${ctx.ids.next()}`), made)
  const before = choicesOf(ctx).thumbnailKey
  try {
    await work(key)
  } catch (error) {
    await dropFiles(ctx, [key])
    throw error
  }
  await dropFiles(ctx, [before])
}

/** Where it lies; undefined while there is none. */
export function thumbnailKey(ctx: Pick<Context, 'store'>): string | undefined {
  return choicesOf(ctx).thumbnailKey ?? undefined
}

// Keeps the picture that stands for this server.
import type { Context } from '../context.ts'
import { dropFiles, keepPicture } from '../media/keep-files.ts'
import type { MediaContext } from '../media/machines.ts'
import { pictureKeys } from '../media/media-keys.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { choicesOf } from './choices.ts'

/** Gives its key; the picture before it goes away. Refuses what is no picture. */
export async function keepThumbnail(ctx: MediaContext, actor: Actor, bytes: Uint8Array): Promise<string> {
  requirePermission(actor, 'manage-settings')
  const made = await ctx.media.works.header(bytes)
  const { key } = await keepPicture(ctx, pictureKeys('server', `thumbnail-${ctx.ids.next()}`), made)
  await dropFiles(ctx, [choicesOf(ctx).thumbnailKey])
  return key
}

/** Where it lies; undefined while there is none. */
export function thumbnailKey(ctx: Pick<Context, 'store'>): string | undefined {
  return choicesOf(ctx).thumbnailKey ?? undefined
}

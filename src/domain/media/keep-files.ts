// Keeps the files of made media and says where they lie.
import type { MadeMedia, MadePicture, MediaContext } from './machines.ts'
import type { mediaKeys, pictureKeys } from './media-keys.ts'

/** The columns of a row that speak of its files. */
export interface KeptMedia {
  kind: MadeMedia['kind']
  content_type: string
  bytes: number
  file_key: string
  preview_key: string | null
  blurhash: string | null
  meta: string
}

/** Keeps both files and lets go of the originals; nothing stays behind when one cannot be kept. */
export async function keepMedia(
  ctx: MediaContext,
  keys: ReturnType<typeof mediaKeys>,
  made: MadeMedia,
): Promise<KeptMedia> {
  const { original, small } = made.files
  const fileKey = keys.original(original.extension)
  const previewKey = small ? keys.small(small.extension) : null
  try {
    await ctx.media.files.put(fileKey, original)
    if (small && previewKey !== null) await ctx.media.files.put(previewKey, small)
  } catch (error) {
    await ctx.media.files.delete([fileKey, ...(previewKey === null ? [] : [previewKey])])
    throw error
  } finally {
    await made.release()
  }
  return {
    kind: made.kind,
    content_type: made.contentType,
    bytes: original.byteLength + (small?.byteLength ?? 0),
    file_key: fileKey,
    preview_key: previewKey,
    blurhash: made.blurhash,
    meta: JSON.stringify(made.meta),
  }
}

/** Where a picture and its still version lie; both the same when it does not move. */
export interface KeptPicture {
  key: string
  staticKey: string
}

export async function keepPicture(
  ctx: MediaContext,
  keys: ReturnType<typeof pictureKeys>,
  made: MadePicture,
): Promise<KeptPicture> {
  const key = keys.original(made.original.extension)
  const staticKey = made.static ? keys.still(made.static.extension) : key
  try {
    await ctx.media.files.put(key, made.original)
    if (made.static) await ctx.media.files.put(staticKey, made.static)
  } catch (error) {
    await ctx.media.files.delete([key, staticKey])
    throw error
  }
  return { key, staticKey }
}

/** Deletes files by columns of a row; those that are null are none. A failure is logged, never thrown. */
export async function dropFiles(ctx: MediaContext, keys: readonly (string | null)[]): Promise<void> {
  const named = [...new Set(keys.filter((key) => key !== null))]
  if (named.length === 0) return
  try {
    await ctx.media.files.delete(named)
  } catch (error) {
    ctx.log.warn({ error, keys: named }, 'files that nothing refers to any more could not be deleted')
  }
}

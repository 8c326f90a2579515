// Looks at, describes and deletes uploads that are not part of a post yet.
import { Refusal, notFound } from '../../model/refusal.ts'
import { deleteFreeMedia, updateFreeMedia } from '../../store/media-files.ts'
import { findMedia } from '../../store/media-rows.ts'
import type { MediaRow } from '../../model/media.ts'
import { dropFiles } from './keep-files.ts'
import type { Focus, MediaContext } from './machines.ts'
import { mediaKeys } from './media-keys.ts'
import { checkDescription, readRow } from './upload-media.ts'

/** The account's own upload as long as no post has it; for everything else the one "not found". */
export async function findFreeMedia(ctx: MediaContext, accountId: number, id: number): Promise<MediaRow> {
  const [row] = await findMedia(ctx.store.read, [id])
  if (!row || row.account_id !== accountId || row.post_id !== null) throw notFound()
  return row
}

export interface MediaDescription {
  description?: string
  focus?: Focus
  thumbnail?: Uint8Array
}

/** Changes what is said of an upload, or the picture that stands for it. */
export async function describeMedia(
  ctx: MediaContext,
  own: { accountId: number; id: number },
  change: MediaDescription,
): Promise<MediaRow> {
  const row = await findFreeMedia(ctx, own.accountId, own.id)
  if (row.state === 'failed') throw new Refusal('invalid', 'This file could not be processed.')
  const description = change.description === undefined ? undefined : checkDescription(change.description)
  const preview = change.thumbnail && (await keepPreview(ctx, row, change.thumbnail))
  const isChanged = await ctx.store.write(async (tx) => {
    const [now] = await findMedia(tx, [own.id])
    const meta = {
      ...(JSON.parse(now?.meta ?? '{}') as object),
      ...(change.focus && { focus: change.focus }),
      ...preview?.meta,
    }
    return updateFreeMedia(tx, own, {
      meta: JSON.stringify(meta),
      ...(description !== undefined && { description }),
      ...preview?.columns,
    })
  })
  await dropFiles(
    ctx,
    isChanged ? (preview ? [row.preview_key] : []) : [preview?.columns.preview_key ?? null],
  )
  if (!isChanged) throw notFound()
  return readRow(ctx, own.id)
}

async function keepPreview(ctx: MediaContext, row: MediaRow, thumbnail: Uint8Array) {
  if (row.state !== 'ready')
    throw new Refusal('invalid', 'This file is still being processed; choose its preview in a moment')
  if (row.kind !== 'video' && row.kind !== 'audio')
    throw new Refusal('invalid', 'Only videos and sounds have a preview of their own')
  const { small, blurhash, colours } = await ctx.media.works.preview(thumbnail)
  const previewKey = mediaKeys(row.id, 'own').small(small.extension)
  await ctx.media.files.put(previewKey, small)
  const { width, height } = small
  return {
    columns: { preview_key: previewKey, blurhash },
    meta: {
      small: { width, height, size: `${width}x${height}`, aspect: width / height },
      ...(row.kind === 'audio' && { colors: colours }),
    },
  }
}

/** Deletes an upload with its files; refuses when a post has it. */
export async function deleteMedia(ctx: MediaContext, accountId: number, id: number): Promise<void> {
  const deleted = await ctx.store.write((tx) => deleteFreeMedia(tx, { accountId, id }))
  if (deleted) return dropFiles(ctx, [deleted.file_key, deleted.preview_key])
  const [row] = await findMedia(ctx.store.read, [id])
  if (!row || row.account_id !== accountId) throw notFound()
  throw new Refusal('invalid', 'Media attachment is currently used by a status')
}

// Takes a file that somebody wants to post: makes it safe at once, or, where that takes long, in the background.
import { countGraphemes } from '../../lib/text/count.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findMedia, insertMedia } from '../../store/media-rows.ts'
import type { MediaRow } from '../../model/media.ts'
import type { Context } from '../context.ts'
import { POST_LIMITS } from '../posts/limits.ts'
import { dropFiles, keepMedia } from './keep-files.ts'
import type { Focus, MediaContext, MediaSource, Recognised } from './machines.ts'
import { mediaKeys, parkedKey } from './media-keys.ts'
import { MEDIA_QUEUE, PROCESS_MEDIA } from './process-media.ts'
import type { ParkedMedia } from './process-media.ts'

/** An upload. The source is read before this resolves; whoever owns it removes it then. */
export interface Upload {
  accountId: number
  source: MediaSource
  description?: string
  focus?: Focus
  /** A picture that stands for a video or a sound. */
  thumbnail?: Uint8Array
  /** Be done before answering, however long it takes. */
  wait?: boolean
}

/** The row of the upload: state `ready`, or `processing` when a job goes on with it. Refuses what is not taken. */
export async function uploadMedia(ctx: MediaContext, upload: Upload): Promise<MediaRow> {
  const description = checkDescription(upload.description)
  const found = await ctx.media.works.recognise(upload.source)
  const id = ctx.ids.next()
  const row = { id, account_id: upload.accountId, description, created_at: ctx.clock.now() }
  if (found.isSlow && upload.wait !== true) await parkUpload(ctx, row, { upload, found })
  else await makeUpload(ctx, row, upload)
  return readRow(ctx, id)
}

interface FreshRow {
  id: number
  account_id: number
  description: string | null
  created_at: number
}

async function makeUpload(ctx: MediaContext, row: FreshRow, upload: Upload): Promise<void> {
  const { focus, thumbnail } = upload
  const made = await ctx.media.works.make(upload.source, {
    ...(focus && { focus }),
    ...(thumbnail && { thumbnail }),
  })
  const kept = await keepMedia(ctx, mediaKeys(row.id, 'own'), made)
  try {
    await ctx.store.write((tx) => insertMedia(tx, [{ ...row, ...kept, state: 'ready' }]))
  } catch (error) {
    await dropFiles(ctx, [kept.file_key, kept.preview_key])
    throw error
  }
}

async function parkUpload(
  ctx: MediaContext,
  row: FreshRow,
  { upload, found }: { upload: Upload; found: Recognised },
): Promise<void> {
  const { focus, thumbnail } = upload
  // A thumbnail that cannot be used is refused now, while somebody listens.
  if (thumbnail) await ctx.media.works.preview(thumbnail)
  const parked: ParkedMedia = {
    mediaId: row.id,
    fileKey: parkedKey(row.id, 'file'),
    ...(thumbnail && { thumbnailKey: parkedKey(row.id, 'thumbnail') }),
  }
  try {
    await ctx.media.files.park(parked.fileKey, upload.source)
    if (thumbnail && parked.thumbnailKey !== undefined)
      await ctx.media.files.park(parked.thumbnailKey, { bytes: thumbnail })
    await ctx.store.write(async (tx) => {
      const kind = found.family === 'image' ? 'gifv' : found.family
      const meta = JSON.stringify(focus ? { focus } : {})
      await insertMedia(tx, [{ ...row, kind, meta, state: 'processing', content_type: found.contentType }])
      await ctx.jobs.add(tx, { queue: MEDIA_QUEUE, kind: PROCESS_MEDIA, payload: parked })
    })
  } catch (error) {
    await dropFiles(ctx, [parked.fileKey, parked.thumbnailKey ?? null])
    throw error
  }
}

/** Trimmed; null for an empty one. Refuses what is longer than readers are shown. */
export function checkDescription(text: string | undefined): string | null {
  const description = text?.trim() ?? ''
  const most = POST_LIMITS.mediaDescriptionChars
  if (description.length > most && countGraphemes(description) > most)
    throw new Refusal(
      'invalid',
      `Validation failed: Description is too long (maximum is ${most.toLocaleString('en')} characters)`,
    )
  return description === '' ? null : description
}

export async function readRow(ctx: Context, id: number): Promise<MediaRow> {
  const [row] = await findMedia(ctx.store.read, [id])
  if (!row) throw notFound()
  return row
}

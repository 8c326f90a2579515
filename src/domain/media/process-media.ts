// The job that makes a parked upload safe: a long video, a large animation.
import { readFile } from 'node:fs/promises'
import { Refusal } from '../../model/refusal.ts'
import { settleProcessing } from '../../store/media-files.ts'
import { findMedia } from '../../store/media-rows.ts'
import { dropFiles, keepMedia } from './keep-files.ts'
import type { Focus, MadeMedia, MediaContext } from './machines.ts'
import { mediaKeys } from './media-keys.ts'

export const MEDIA_QUEUE = 'media'
export const PROCESS_MEDIA = 'process-media'

/** How often a job is tried that fails for no fault of the file. */
export const MEDIA_ATTEMPTS = 3

export interface ParkedMedia {
  mediaId: number
  fileKey: string
  thumbnailKey?: string
}

/** Ends with the row `ready`, or `failed` with the reason in its meta; `isLastTry` fails it for any reason. */
export async function processParkedMedia(
  ctx: MediaContext,
  parked: ParkedMedia,
  isLastTry: boolean,
): Promise<void> {
  const [row] = await findMedia(ctx.store.read, [parked.mediaId])
  if (row?.state === 'processing') {
    try {
      await settle(ctx, parked, parse(row.meta).focus)
    } catch (error) {
      const isFinal = error instanceof Refusal && error.code !== 'unavailable'
      if (!isFinal && !isLastTry) throw error
      if (!isFinal) ctx.log.error({ error, mediaId: parked.mediaId }, 'an upload could not be processed')
      await fail(ctx, parked.mediaId, isFinal ? error.safeText : 'This file could not be processed.')
    }
  }
  await dropFiles(ctx, [parked.fileKey, parked.thumbnailKey ?? null])
}

async function settle(ctx: MediaContext, parked: ParkedMedia, focus: Focus | undefined): Promise<void> {
  const kept = await ctx.media.files.lend(parked.fileKey, async (path) =>
    keepMedia(ctx, mediaKeys(parked.mediaId, 'own'), await make(ctx, path, { parked, focus })),
  )
  if (!kept) throw new Refusal('invalid', 'The uploaded file was lost. Please upload it again.')
  const isSettled = await ctx.store.write(async (tx) => {
    // Its owner may have moved the focal point meanwhile.
    const [now] = await findMedia(tx, [parked.mediaId])
    const meta = JSON.stringify({ ...parse(kept.meta), ...parse(now?.meta ?? '{}') })
    return settleProcessing(tx, parked.mediaId, { ...kept, meta, state: 'ready' })
  })
  // Deleted meanwhile.
  if (!isSettled) await dropFiles(ctx, [kept.file_key, kept.preview_key])
}

function parse(meta: string): { focus?: Focus } {
  return JSON.parse(meta) as { focus?: Focus }
}

async function make(
  ctx: MediaContext,
  path: string,
  { parked, focus }: { parked: ParkedMedia; focus: Focus | undefined },
): Promise<MadeMedia> {
  const thumbnail =
    parked.thumbnailKey === undefined
      ? undefined
      : await ctx.media.files.lend(parked.thumbnailKey, (thumbnailPath) => readFile(thumbnailPath))
  return ctx.media.works.make({ path }, { ...(focus && { focus }), ...(thumbnail && { thumbnail }) })
}

async function fail(ctx: MediaContext, id: number, reason: string): Promise<void> {
  await ctx.store.write((tx) =>
    settleProcessing(tx, id, { state: 'failed', meta: JSON.stringify({ failure: reason }) }),
  )
}

/** Why a row's state is `failed`, as a sentence for its owner. */
export function failureOf(row: { meta: string }): string {
  return (JSON.parse(row.meta) as { failure?: string }).failure ?? 'This file could not be processed.'
}

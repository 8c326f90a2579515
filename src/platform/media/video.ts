// Turns an uploaded video, or an animated GIF, into a playable file with a preview.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../model/refusal.ts'
import type { AvFacts, AvSource } from './av-engine.ts'
import { conform } from './conform.ts'
import type { AvJob, Conformed } from './conform.ts'
import { pictureMeta, playingMeta } from './meta.ts'
import type { MediaMeta } from './meta.ts'
import { previewPicture } from './preview.ts'
import type { Preview } from './preview.ts'
import type { StoredFile, StoredPicture } from './stored-file.ts'

/** Something that plays, as it is stored. */
export interface ProcessedAv {
  original: StoredFile
  small?: StoredPicture
  blurhash: string | null
  meta: MediaMeta
}

/** Processes a video whose facts are known. Throws Refusal. */
export async function processVideo(source: AvSource, facts: AvFacts, job: AvJob): Promise<ProcessedAv> {
  const playable = await conform(source, facts, job)
  return await describe(playable, await videoPreview(playable, job))
}

/** Converts an animated GIF to a silent video; only for an engine that can convert. Throws Refusal. */
export async function processGif(source: AvSource, job: AvJob): Promise<ProcessedAv> {
  const facts = await job.engine.probe(source)
  const playable = await conform(source, facts, job)
  return await describe(playable, await videoPreview(playable, job))
}

/** Labels a playable file. */
export async function describe(playable: Conformed, preview?: Preview): Promise<ProcessedAv> {
  const { size } = await stat(playable.path)
  const { contentType, extension } = playable.format
  return {
    original: { body: { path: playable.path }, byteLength: size, contentType, extension },
    ...(preview && { small: preview.small }),
    blurhash: preview?.blurhash ?? null,
    meta: {
      original: playingMeta(playable.facts, size),
      ...(preview && { small: pictureMeta(preview.small) }),
    },
  }
}

async function videoPreview(playable: Conformed, job: AvJob): Promise<Preview | undefined> {
  if (job.thumbnail) return await previewPicture(job.thumbnail, job.limits)
  if (!job.engine.poster) return undefined
  const path = join(job.folder, 'poster.png')
  try {
    await job.engine.poster(playable, playable.facts, path)
    return await previewPicture(await readFile(path), job.limits)
  } catch (error) {
    if (error instanceof Refusal || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

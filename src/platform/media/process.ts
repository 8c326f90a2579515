// The one door for media: bytes that someone uploaded or that we fetched go in, safe files and their facts come out.
import { readFile, stat } from 'node:fs/promises'
import { Refusal } from '../../model/refusal.ts'
import { processAudio } from './audio.ts'
import type { AvEngine } from './av-engine.ts'
import type { AvJob } from './conform.ts'
import { checkFocus } from './focus.ts'
import type { Focus } from './focus.ts'
import type { Sniffed } from './formats.ts'
import { processImage } from './image.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import { pictureMeta } from './meta.ts'
import type { MediaMeta } from './meta.ts'
import { decoding, inspectPicture } from './picture-decoder.ts'
import { sniff, sniffFile } from './sniff.ts'
import type { StoredFile, StoredPicture } from './stored-file.ts'
import { systemEngine } from './system-engine.ts'
import { turnstile } from './turnstile.ts'
import { processGif, processVideo } from './video.ts'
import type { ProcessedAv } from './video.ts'
import { openWorkFolder } from './work-folder.ts'
import type { WorkFolder } from './work-folder.ts'

/** A file from outside. Its name and claimed type are not asked for, because neither is ever believed. */
export type MediaInput = { bytes: Uint8Array } | { path: string }

/** How media is processed; everything has a default. */
export interface ProcessOptions {
  focus?: Focus
  /** A picture to use as preview of video or sound. */
  thumbnail?: Uint8Array
  limits?: MediaLimits
  engine?: AvEngine
  /** Where private work folders are made. */
  workFolder?: string
}

/** Media that is ready to be stored; `small` never moves. Call `release` when its files are stored. */
export interface ProcessedMedia {
  kind: 'image' | 'gifv' | 'video' | 'audio'
  files: { original: StoredFile; small?: StoredPicture }
  meta: MediaMeta
  blurhash: string | null
  contentType: string
  release(): Promise<void>
}

/** Conversions use every core they get, so one at a time is enough. */
const avTurnstile = turnstile(1, 100)

/**
 * Turns a file into safe stored media. Throws Refusal('unsupported') for kinds that are not taken, ('too-large') for
 * whatever is over a limit, ('invalid') for damaged files and bad focal points, ('unavailable') when too busy.
 */
export async function processMedia(input: MediaInput, options: ProcessOptions = {}): Promise<ProcessedMedia> {
  const limits = options.limits ?? defaultLimits
  if (options.focus) checkFocus(options.focus)
  const byteLength = 'bytes' in input ? input.bytes.byteLength : (await stat(input.path)).size
  const format = 'bytes' in input ? sniff(input.bytes) : await sniffFile(input.path)
  checkWeight(format, byteLength, limits)
  if (format.family === 'image') {
    const bytes = 'bytes' in input ? input.bytes : await readFile(input.path)
    return await processPicture(bytes, format, { ...options, limits })
  }
  return await withFolder(input, options, async (path, folder) => {
    const job = await avJob(options, folder)
    const facts = await job.engine.probe({ path, format })
    const work = facts.video ? processVideo : processAudio
    return finished(facts.video ? 'video' : 'audio', await work({ path, format }, facts, job), options.focus)
  })
}

/** Whether processing takes so long that an uploader should get an answer before it is done. */
export function isSlow(format: Sniffed, byteLength: number): boolean {
  if (format.family === 'video') return true
  if (format.family === 'audio') return byteLength > 2_097_152
  return format.format === 'gif' && byteLength > 1_048_576
}

type Finished = Omit<ProcessedMedia, 'release'>

async function processPicture(
  bytes: Uint8Array,
  format: Sniffed,
  options: ProcessOptions & { limits: MediaLimits },
): Promise<ProcessedMedia> {
  const { limits, focus } = options
  const engine = options.engine ?? (await systemEngine())
  if (format.format === 'gif' && engine.convert) {
    const { frames } = await decoding(async () => await inspectPicture(bytes, limits))
    if (frames > 1) {
      const video = await gifAsVideo(bytes, format, options)
      if (video) return video
    }
  }
  const { original, small, blurhash } = await processImage(bytes, { limits, ...(focus && { focus }) })
  const meta = { ...(focus && { focus }), original: pictureMeta(original), small: pictureMeta(small) }
  const { contentType } = original
  return {
    kind: 'image',
    files: { original, small },
    meta,
    blurhash,
    contentType,
    release: async () => undefined,
  }
}

/** Undefined when the converter cannot read it; the picture decoder may still. */
async function gifAsVideo(
  bytes: Uint8Array,
  format: Sniffed,
  options: ProcessOptions,
): Promise<ProcessedMedia | undefined> {
  try {
    return await withFolder({ bytes }, options, async (path, folder) => {
      const job = await avJob(options, folder)
      return finished('gifv', await processGif({ path, format }, job), options.focus)
    })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return undefined
    throw error
  }
}

async function withFolder(
  input: MediaInput,
  options: ProcessOptions,
  work: (path: string, folder: WorkFolder) => Promise<Finished>,
): Promise<ProcessedMedia> {
  return await avTurnstile(async () => {
    const folder = await openWorkFolder(options.workFolder)
    try {
      const path = 'bytes' in input ? await folder.keep('source', input.bytes) : input.path
      return { ...(await work(path, folder)), release: async () => await folder.remove() }
    } catch (error) {
      await folder.remove()
      throw error
    }
  })
}

async function avJob(options: ProcessOptions, folder: WorkFolder): Promise<AvJob> {
  const { thumbnail, limits = defaultLimits } = options
  const engine = options.engine ?? (await systemEngine())
  return { engine, folder: folder.path, limits, ...(thumbnail && { thumbnail }) }
}

function finished(kind: ProcessedMedia['kind'], processed: ProcessedAv, focus?: Focus): Finished {
  const { original, small, blurhash, meta } = processed
  return {
    kind,
    files: { original, ...(small && { small }) },
    meta: { ...(focus && { focus }), ...meta },
    blurhash,
    contentType: original.contentType,
  }
}

function checkWeight(format: Sniffed, byteLength: number, limits: MediaLimits): void {
  const most = format.family === 'image' ? limits.imageBytes : limits.videoBytes
  if (byteLength <= most) return
  throw new Refusal(
    'too-large',
    `This file is too large: at most ${Math.floor(most / 1_048_576)} MB are taken.`,
  )
}

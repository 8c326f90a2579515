// The media machine and the file store as the domain uses them: limits of the operator applied, paths kept inside.
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../model/refusal.ts'
import type { Blobs } from '../blobs.ts'
import type { Config } from '../config.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import { pictureMeta } from './meta.ts'
import type { MediaInput, ProcessOptions } from './process.ts'
import { sniff, sniffFile } from './sniff.ts'
import type { StoredFile } from './stored-file.ts'
import { openWorkFolder } from './work-folder.ts'

/** The limits on media with what the operator chose. */
export function mediaLimitsOf(config: Pick<Config, 'limits'>): MediaLimits {
  const { imageBytes, videoBytes } = config.limits
  return { ...defaultLimits, imageBytes, videoBytes }
}

/** The decoders are loaded with the first file: they take a third of the memory of a server that rests. */
const machine = {
  process: () => import('./process.ts'),
  image: () => import('./image.ts'),
  portrait: () => import('./portrait.ts'),
  preview: () => import('./preview.ts'),
  emoji: () => import('./emoji.ts'),
}

/** Machine and store in one; nothing is started. */
export function createMediaWorks(config: Pick<Config, 'limits'>, blobs: Blobs) {
  return { works: createWorks(mediaLimitsOf(config)), files: createFiles(blobs) }
}

function createWorks(limits: MediaLimits) {
  return {
    async recognise(source: MediaInput) {
      const byteLength = 'bytes' in source ? source.bytes.byteLength : (await stat(source.path)).size
      const format = 'bytes' in source ? sniff(source.bytes) : await sniffFile(source.path)
      const most = format.family === 'image' ? limits.imageBytes : limits.videoBytes
      if (byteLength > most) {
        const megabytes = Math.floor(most / 1_048_576)
        throw new Refusal('too-large', `This file is too large: at most ${megabytes} MB are taken.`)
      }
      const { family, contentType, extension } = format
      const { isSlow } = await machine.process()
      return { family, contentType, extension, byteLength, isSlow: isSlow(format, byteLength) }
    },
    make: async (source: MediaInput, options: Pick<ProcessOptions, 'focus' | 'thumbnail'> = {}) =>
      (await machine.process()).processMedia(source, { ...options, limits }),
    async picture(bytes: Uint8Array) {
      const { processImage } = await machine.image()
      const { original, small, blurhash } = await processImage(bytes, { limits })
      return {
        kind: 'image' as const,
        files: { original, small },
        meta: { original: pictureMeta(original), small: pictureMeta(small) },
        blurhash,
        contentType: original.contentType,
        release: async () => undefined,
      }
    },
    preview: async (bytes: Uint8Array) => (await machine.preview()).previewPicture(bytes, limits),
    avatar: async (bytes: Uint8Array) => (await machine.portrait()).processAvatar(bytes, limits),
    header: async (bytes: Uint8Array) => (await machine.portrait()).processHeader(bytes, limits),
    emoji: async (bytes: Uint8Array, maxBytes = limits.emojiBytes) =>
      (await machine.emoji()).processEmoji(bytes, { ...limits, emojiBytes: maxBytes }),
  }
}

function createFiles(blobs: Blobs) {
  return {
    async put(key: string, file: StoredFile): Promise<void> {
      await blobs.put(key, dataOf(file.body), { contentType: file.contentType })
    },
    async park(key: string, source: MediaInput): Promise<void> {
      await blobs.put(key, dataOf(source), { contentType: 'application/octet-stream' })
    },
    async lend<T>(key: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
      const blob = await blobs.read(key)
      if (!blob) return undefined
      let folder
      try {
        folder = await openWorkFolder()
        const path = join(folder.path, 'lent')
        await pipeline(blob.stream, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
        return await use(path)
      } finally {
        blob.stream.destroy()
        await folder?.remove()
      }
    },
    delete: (keys: readonly string[]): Promise<void> => blobs.delete(keys),
  }
}

function dataOf(source: MediaInput): Uint8Array | AsyncIterable<Uint8Array> {
  return 'bytes' in source ? source.bytes : (createReadStream(source.path) as AsyncIterable<Uint8Array>)
}

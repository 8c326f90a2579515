// Opens a picture from outside: only known decoders, size checked before any pixel is decoded, few at once.
import sharp from 'sharp'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { Refusal } from '../../model/refusal.ts'
import type { MediaFormat } from './formats.ts'
import type { MediaLimits } from './limits.ts'
import { sniff } from './sniff.ts'
import { turnstile } from './turnstile.ts'

/** What the header of a picture says, after turning it upright. */
export interface PictureFacts {
  format: MediaFormat
  width: number
  height: number
  frames: number
  hasAlpha: boolean
}

sharp.concurrency(1)
sharp.cache(false)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
})

/** Every decoding and encoding of pictures passes through here: two at once, fifty in line. */
export const pictureTurnstile = turnstile(2, 50)

const sniffedLoader: Partial<Record<MediaFormat, string>> = {
  jpeg: 'jpeg',
  png: 'png',
  gif: 'gif',
  webp: 'webp',
  avif: 'heif',
}

/**
 * Reads the header of a picture and checks it against the limits, without decoding pixels.
 * Throws Refusal('unsupported') for other files, ('too-large') for floods, ('invalid') for broken ones.
 */
export async function inspectPicture(bytes: Uint8Array, limits: MediaLimits): Promise<PictureFacts> {
  const { format } = sniff(bytes)
  const loader = sniffedLoader[format]
  if (!loader) throw new Refusal('unsupported', 'This file is not a picture.')
  const header = await readHeader(bytes)
  if (header.format !== loader) throw broken()
  const frames = header.pages ?? 1
  const { width, height } = header.autoOrient
  checkSize({ width, height: header.pageHeight ?? height, frames }, limits)
  return { format, width, height: header.pageHeight ?? height, frames, hasAlpha: header.hasAlpha }
}

/** A decoder for an inspected picture, upright and without metadata; `animated` keeps every frame. */
export function decodePicture(bytes: Uint8Array, limits: MediaLimits, animated = false): Sharp {
  return openPicture(bytes, {
    animated,
    limitInputPixels: animated ? limits.animatedPixels : limits.imagePixels,
  })
    .autoOrient()
    .toColourspace('srgb')
    .timeout({ seconds: Math.ceil(limits.imageMs / 1000) })
}

/** Runs a piece of picture work; whatever the decoder complains of becomes a Refusal('invalid'). */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  return await pictureTurnstile(async () => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Refusal) throw error
      if (error instanceof Error && error.message.includes('timeout')) {
        throw new Refusal('too-large', 'This picture takes too long to process.', error)
      }
      throw broken(error)
    }
  })
}

async function readHeader(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await openPicture(bytes, { limitInputPixels: false }).metadata()
  } catch (error) {
    throw broken(error)
  }
}

function openPicture(bytes: Uint8Array, options: SharpOptions): Sharp {
  return sharp(bytes, { failOn: 'error', sequentialRead: true, ...options })
}

function checkSize(size: { width: number; height: number; frames: number }, limits: MediaLimits): void {
  const { width, height, frames } = size
  if (width < 1 || height < 1) throw broken()
  if (width * height > limits.imagePixels || Math.max(width, height) > limits.imageSide) {
    const most = (limits.imagePixels / 1_000_000).toFixed(0)
    const side = limits.imageSide
    throw new Refusal(
      'too-large',
      `This picture has ${width} by ${height} pixels; at most ${most} million and ${side} on one side are taken.`,
    )
  }
  if (frames > 1 && (frames > limits.frames || width * height * frames > limits.animatedPixels)) {
    throw new Refusal('too-large', `This animation of ${frames} frames is too long or too large.`)
  }
}

function broken(cause?: unknown): Refusal {
  return new Refusal('invalid', 'This picture is damaged and cannot be read.', cause)
}

// Turns the bytes of a picture into a clean original, a small preview and a blurhash.
import sharp from 'sharp'
import type { OutputInfo, Sharp } from 'sharp'
import { Refusal } from '../../model/refusal.ts'
import { checkFocus } from './focus.ts'
import type { Focus } from './focus.ts'
import type { MediaFormat } from './formats.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import { decodePicture, decoding, inspectPicture } from './picture-decoder.ts'
import type { PictureFacts } from './picture-decoder.ts'
import { pictureMood } from './picture-mood.ts'
import { fitArea, storedPicture } from './stored-file.ts'
import type { Size, StoredPicture } from './stored-file.ts'

/** A picture as it is stored; nothing of the sender's metadata is left in its files. */
export interface ProcessedImage {
  original: StoredPicture
  small: StoredPicture
  blurhash: string
  /** `#rrggbb` */
  averageColour: string
  focus?: Focus
  isAnimated: boolean
}

/** How a picture is processed. */
export interface ImageOptions {
  /** Area to scale down to; `limits.storedPixels` when absent. */
  maxPixels?: number
  focus?: Focus
  limits?: MediaLimits
}

/** Uncompressed sRGB pixels, 8 bits a channel. */
interface Pixels {
  data: Buffer
  info: OutputInfo
}

/** PNG files above this size are tried as WebP. */
const largePng = 1_048_576

/**
 * Turns the picture upright, to sRGB and to size, strips all metadata, and makes a preview and a blurhash.
 * JPEG, PNG, GIF and WebP stay what they are (a large PNG becomes WebP where that halves it), AVIF becomes JPEG or WebP.
 * Throws Refusal('unsupported' | 'too-large' | 'invalid').
 */
export async function processImage(bytes: Uint8Array, options: ImageOptions = {}): Promise<ProcessedImage> {
  const limits = options.limits ?? defaultLimits
  const focus = options.focus && checkFocus(options.focus)
  if (bytes.byteLength > limits.imageBytes) throw new Refusal('too-large', tooHeavy(limits.imageBytes))
  return await decoding(async () => {
    const facts = await inspectPicture(bytes, limits)
    const size = fitArea(facts, options.maxPixels ?? limits.storedPixels)
    const still = await stillPixels(bytes, size, limits)
    const isAnimated = facts.frames > 1 && (facts.format === 'gif' || facts.format === 'webp')
    const original = isAnimated
      ? await encodeMoving(bytes, facts, { size, limits })
      : await encodeStill(still, facts)
    const small = await encodeSmall(still, facts, limits)
    const mood = await pictureMood(still.data, still.info)
    return { original, small, ...mood, ...(focus && { focus }), isAnimated }
  })
}

async function stillPixels(bytes: Uint8Array, size: Size, limits: MediaLimits): Promise<Pixels> {
  return await decodePicture(bytes, limits)
    .resize({ ...size, fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
}

async function encodeMoving(
  bytes: Uint8Array,
  facts: PictureFacts,
  to: { size: Size; limits: MediaLimits },
): Promise<StoredPicture> {
  const moving = decodePicture(bytes, to.limits, true).resize({ ...to.size, fit: 'fill' })
  const data = await encode(moving, facts.format)
  return storedPicture(facts.format, data, to.size)
}

async function encodeStill(pixels: Pixels, facts: PictureFacts): Promise<StoredPicture> {
  const hasAlpha = pixels.info.channels === 4
  const format = facts.format === 'avif' ? (hasAlpha ? 'webp' : 'jpeg') : facts.format
  const data = await encode(fromPixels(pixels), format)
  if (format === 'png' && data.byteLength > largePng) {
    const webp = await encode(fromPixels(pixels), 'webp')
    if (webp.byteLength * 2 < data.byteLength) return storedPicture('webp', webp, pixels.info)
  }
  return storedPicture(format, data, pixels.info)
}

async function encodeSmall(pixels: Pixels, facts: PictureFacts, limits: MediaLimits): Promise<StoredPicture> {
  const size = fitArea(pixels.info, limits.smallPixels)
  const format = facts.format === 'jpeg' ? 'jpeg' : 'webp'
  const data = await encode(fromPixels(pixels).resize({ ...size, fit: 'fill' }), format)
  return storedPicture(format, data, size)
}

function fromPixels({ data, info }: Pixels): Sharp {
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

/** Encodes at the quality that all stored pictures have. */
export async function encode(picture: Sharp, format: MediaFormat): Promise<Buffer> {
  if (format === 'png') return await picture.png({ compressionLevel: 7 }).toBuffer()
  if (format === 'gif') return await picture.gif({ effort: 3, interFrameMaxError: 4 }).toBuffer()
  if (format === 'webp') return await picture.webp({ quality: 85, effort: 3 }).toBuffer()
  return await picture.flatten({ background: '#ffffff' }).jpeg({ quality: 88, progressive: true }).toBuffer()
}

function tooHeavy(bytes: number): string {
  return `This picture is too large: at most ${Math.floor(bytes / 1_048_576)} MB are taken.`
}

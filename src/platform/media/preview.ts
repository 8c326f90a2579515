// Makes the still preview of anything: a frame of a video, the cover of a record, a thumbnail that its owner chose.
import sharp from 'sharp'
import { Refusal } from '../../model/refusal.ts'
import { encode } from './image.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import type { MediaColours } from './meta.ts'
import { decodePicture, decoding, inspectPicture } from './picture-decoder.ts'
import { pictureMood } from './picture-mood.ts'
import type { PictureMood } from './picture-mood.ts'
import { fitArea, storedPicture } from './stored-file.ts'
import type { StoredPicture } from './stored-file.ts'

/** A still preview with its impression and the colours that go with it. */
export interface Preview extends PictureMood {
  small: StoredPicture
  colours: MediaColours
}

/** Makes a preview of a picture. Throws Refusal as `processImage` does. */
export async function previewPicture(
  bytes: Uint8Array,
  limits: MediaLimits = defaultLimits,
): Promise<Preview> {
  if (bytes.byteLength > limits.imageBytes) {
    const most = Math.floor(limits.imageBytes / 1_048_576)
    throw new Refusal('too-large', `This preview is too large: at most ${most} MB are taken.`)
  }
  return await decoding(async () => {
    const facts = await inspectPicture(bytes, limits)
    const size = fitArea(facts, limits.smallPixels)
    const { data, info } = await decodePicture(bytes, limits)
      .resize({ ...size, fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const small = storedPicture('jpeg', await encode(sharp(data, { raw }), 'jpeg'), size)
    const mood = await pictureMood(data, raw)
    const { dominant } = await sharp(data, { raw }).stats()
    return {
      small,
      ...mood,
      colours: matchingColours(mood.averageColour, [dominant.r, dominant.g, dominant.b]),
    }
  })
}

function matchingColours(background: string, accent: number[]): MediaColours {
  const below = luminance([1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16)))
  const foreground = contrast(below, 1) >= contrast(below, 0) ? '#ffffff' : '#000000'
  const stands = contrast(below, luminance(accent)) >= 3
  return { background, foreground, accent: stands ? hex(accent) : foreground }
}

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(rgb: number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function hex(rgb: number[]): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

// The impression a picture gives before it has loaded: its blurhash and its average colour.
import { encode } from 'blurhash'
import sharp from 'sharp'
import type { Raw } from 'sharp'

/** The impression of a picture. */
export interface PictureMood {
  /** 4 by 4 components. */
  blurhash: string
  /** `#rrggbb` */
  averageColour: string
}

const side = 32

/** Computes blurhash and average colour from raw sRGB pixels; transparent parts count as white. */
export async function pictureMood(data: Buffer, raw: Raw): Promise<PictureMood> {
  const { width, height, channels } = raw
  const { data: tiny } = await sharp(data, { raw: { width, height, channels } })
    .resize({ width: side, height: side, fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return {
    blurhash: encode(new Uint8ClampedArray(tiny), side, side, 4, 4),
    averageColour: averageColour(tiny),
  }
}

function averageColour(rgba: Buffer): string {
  const sums = [0, 0, 0]
  for (let at = 0; at < rgba.length; at += 4) {
    for (let channel = 0; channel < 3; channel += 1)
      sums[channel] = (sums[channel] ?? 0) + (rgba[at + channel] ?? 0)
  }
  const hex = sums.map((sum) =>
    Math.round((sum * 4) / rgba.length)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}

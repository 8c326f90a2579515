// Makes a custom emoji small enough to sit in a line of text, with a still version when it moves.
import { Refusal } from '../../model/refusal.ts'
import { encode } from './image.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import { decodePicture, decoding, inspectPicture } from './picture-decoder.ts'
import type { Portrait } from './portrait.ts'
import { storedPicture } from './stored-file.ts'
import type { Size } from './stored-file.ts'

const side = 128

/**
 * Scales an emoji down to 128 pixels; PNG and GIF stay what they are, everything else becomes WebP.
 * Throws Refusal as `processImage` does, and ('too-large') above `limits.emojiBytes`.
 */
export async function processEmoji(
  bytes: Uint8Array,
  limits: MediaLimits = defaultLimits,
): Promise<Portrait> {
  if (bytes.byteLength > limits.emojiBytes) {
    const most = Math.floor(limits.emojiBytes / 1024)
    throw new Refusal('too-large', `This emoji is too large: at most ${most} kB are taken.`)
  }
  return await decoding(async () => {
    const facts = await inspectPicture(bytes, limits)
    const size = fitSquare(facts)
    const moves = facts.frames > 1 && (facts.format === 'gif' || facts.format === 'webp')
    const stillFormat = facts.format === 'png' || facts.format === 'gif' ? 'png' : 'webp'
    const still = decodePicture(bytes, limits).resize({ ...size, fit: 'fill' })
    const staticFile = storedPicture(stillFormat, await encode(still, stillFormat), size)
    if (!moves) return { original: staticFile }
    const moving = decodePicture(bytes, limits, true).resize({ ...size, fit: 'fill' })
    return {
      original: storedPicture(facts.format, await encode(moving, facts.format), size),
      static: staticFile,
    }
  })
}

function fitSquare(facts: Size): Size {
  const scale = Math.min(1, side / Math.max(facts.width, facts.height))
  return {
    width: Math.max(1, Math.round(facts.width * scale)),
    height: Math.max(1, Math.round(facts.height * scale)),
  }
}

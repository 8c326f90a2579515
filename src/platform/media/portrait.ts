// Cuts the pictures that stand for someone: avatar and header, each with a still version when it moves.
import { Refusal } from '../../model/refusal.ts'
import { encode } from './image.ts'
import { defaultLimits } from './limits.ts'
import type { MediaLimits } from './limits.ts'
import { decodePicture, decoding, inspectPicture } from './picture-decoder.ts'
import type { PictureFacts } from './picture-decoder.ts'
import { storedPicture } from './stored-file.ts'
import type { Size, StoredPicture } from './stored-file.ts'

/** A profile picture; `static` is there only when `original` moves. */
export interface Portrait {
  original: StoredPicture
  static?: StoredPicture
}

const avatarSize: Size = { width: 400, height: 400 }
const headerSize: Size = { width: 1500, height: 500 }

/** Cuts a square of at most 400 pixels from the middle. Throws Refusal as `processImage` does. */
export async function processAvatar(
  bytes: Uint8Array,
  limits: MediaLimits = defaultLimits,
): Promise<Portrait> {
  return await cut(bytes, avatarSize, limits)
}

/** Cuts a 3:1 banner of at most 1500 by 500 pixels from the middle. Throws Refusal as `processImage` does. */
export async function processHeader(
  bytes: Uint8Array,
  limits: MediaLimits = defaultLimits,
): Promise<Portrait> {
  return await cut(bytes, headerSize, limits)
}

async function cut(bytes: Uint8Array, full: Size, limits: MediaLimits): Promise<Portrait> {
  if (bytes.byteLength > limits.avatarBytes) {
    const most = Math.floor(limits.avatarBytes / 1_048_576)
    throw new Refusal('too-large', `This picture is too large: at most ${most} MB are taken.`)
  }
  return await decoding(async () => {
    const facts = await inspectPicture(bytes, limits)
    const size = withoutEnlarging(facts, full)
    const moves = facts.frames > 1 && (facts.format === 'gif' || facts.format === 'webp')
    const still = await cutOnce(bytes, { facts, size, moves: false }, limits)
    if (!moves) return { original: still }
    return { original: await cutOnce(bytes, { facts, size, moves }, limits), static: still }
  })
}

async function cutOnce(
  bytes: Uint8Array,
  to: { facts: PictureFacts; size: Size; moves: boolean },
  limits: MediaLimits,
): Promise<StoredPicture> {
  const { facts, size, moves } = to
  const format = moves ? facts.format : stillFormat(facts)
  const picture = decodePicture(bytes, limits, moves).resize({ ...size, fit: 'cover' })
  return storedPicture(format, await encode(picture, format), size)
}

function stillFormat({ format, hasAlpha }: PictureFacts): 'jpeg' | 'png' | 'webp' {
  if (format === 'avif') return hasAlpha ? 'webp' : 'jpeg'
  if (format === 'jpeg' || format === 'webp') return format
  return 'png'
}

function withoutEnlarging(facts: Size, full: Size): Size {
  const scale = Math.min(1, facts.width / full.width, facts.height / full.height)
  return {
    width: Math.max(1, Math.round(full.width * scale)),
    height: Math.max(1, Math.round(full.height * scale)),
  }
}

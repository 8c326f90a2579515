// A file that is ready to be stored: its bytes or where they lie, and the label it is served under.
import { formatFacts } from './formats.ts'
import type { MediaFormat } from './formats.ts'

/** Bytes in memory, or a private file that goes away with `release` of the result it belongs to. */
export type FileBody = { bytes: Uint8Array } | { path: string }

/** A processed file; `contentType` and `extension` come from what we wrote, never from the sender. */
export interface StoredFile {
  body: FileBody
  byteLength: number
  contentType: string
  /** Without a dot. */
  extension: string
}

/** A processed picture, in pixels. */
export interface StoredPicture extends StoredFile {
  body: { bytes: Uint8Array }
  width: number
  height: number
}

/** Labels the bytes of a picture that was just encoded. */
export function storedPicture(format: MediaFormat, data: Buffer, size: Size): StoredPicture {
  const { contentType, extension } = formatFacts(format)
  const { width, height } = size
  return { body: { bytes: data }, byteLength: data.byteLength, contentType, extension, width, height }
}

/** Width and height in pixels. */
export interface Size {
  width: number
  height: number
}

/** The largest size of the same shape whose area is at most `pixels`; never larger than it was. */
export function fitArea(size: Size, pixels: number): Size {
  const scale = Math.min(1, Math.sqrt(pixels / (size.width * size.height)))
  if (scale === 1) return { width: size.width, height: size.height }
  return {
    width: Math.max(1, Math.floor(size.width * scale)),
    height: Math.max(1, Math.floor(size.height * scale)),
  }
}

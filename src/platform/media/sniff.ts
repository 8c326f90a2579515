// Recognises a media file by its first bytes alone, whatever its name or its sender claim.
import { open } from 'node:fs/promises'
import { Refusal } from '../../model/refusal.ts'
import { formatFacts, supportedSentence } from './formats.ts'
import type { MediaFormat, Sniffed } from './formats.ts'
import { sniffIsoBrand } from './sniff-iso.ts'
import { sniffSound } from './sniff-sound.ts'

/** As many first bytes as `sniff` ever looks at. */
export const sniffLength = 4096

/**
 * The format of a file, from its first bytes (4 KiB are enough).
 * Throws Refusal('unsupported') with a sentence that names what is supported.
 */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, sniffLength))
  const format = recognise(head)
  if (format) return formatFacts(format)
  throw new Refusal('unsupported', `${nameTheStranger(head)} ${supportedSentence}`)
}

/** As `sniff`, for a file on disk. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffLength), 0, sniffLength, 0)
    return sniff(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

function recognise(head: Buffer): MediaFormat | undefined {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  const start = head.toString('latin1', 0, 6)
  if (start === 'GIF87a' || start === 'GIF89a') return 'gif'
  if (isRiff(head, 'WEBP')) return 'webp'
  if (isRiff(head, 'WAVE')) return 'wav'
  const brand = sniffIsoBrand(head)
  if (brand === 'heic') return undefined
  if (brand) return brand
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return isWebm(head) ? 'webm' : undefined
  return sniffSound(head)
}

function startsWith(head: Buffer, magic: number[]): boolean {
  return magic.every((byte, at) => head[at] === byte)
}

function isRiff(head: Buffer, kind: string): boolean {
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === kind
}

/** Looks for the DocType element (0x4282) of an EBML header, which tells WebM from other Matroska files. */
function isWebm(head: Buffer): boolean {
  const at = head.indexOf(Buffer.from([0x42, 0x82]), 4)
  if (at < 0 || at > 128) return false
  return head.toString('latin1', at + 3, at + 7) === 'webm'
}

function nameTheStranger(head: Buffer): string {
  if (head.length === 0) return 'This file is empty.'
  if (sniffIsoBrand(head) === 'heic') {
    return 'HEIC pictures cannot be read here: please convert them to JPEG first.'
  }
  if (startsWith(head, [0xff, 0x0a]) || startsWith(head, [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20])) {
    return 'JPEG XL pictures cannot be read here: please convert them to JPEG first.'
  }
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return 'Matroska files other than WebM cannot be taken.'
  const text = head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s+/, '')
    .toLowerCase()
  if (text.startsWith('%pdf')) return 'PDF files cannot be taken as media.'
  if (text.includes('#extm3u')) return 'Playlists cannot be taken as media.'
  if (text.includes('<svg')) return 'SVG drawings cannot be taken as media.'
  if (/<(?:!doctype|html|script|body|\?xml)/.test(text)) return 'Web pages cannot be taken as media.'
  return 'This file is of a kind that cannot be taken as media.'
}

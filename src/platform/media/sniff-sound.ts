// Recognises Ogg, FLAC, MP3 and raw AAC streams, also behind an ID3 tag.
import type { MediaFormat } from './formats.ts'

/** The sound (or Ogg video) format of these first bytes; undefined when it is none. */
export function sniffSound(head: Buffer): MediaFormat | undefined {
  if (head.toString('latin1', 0, 4) === 'OggS') return sniffOgg(head)
  if (head.toString('latin1', 0, 4) === 'fLaC') return 'flac'
  if (head.toString('latin1', 0, 3) === 'ID3') return sniffBehindTag(head)
  return sniffFrame(head)
}

/** The first packet of an Ogg stream names its codec. */
function sniffOgg(head: Buffer): MediaFormat | undefined {
  const packet = head.subarray(27 + (head[26] ?? 0))
  if (packet.toString('latin1', 0, 8) === 'OpusHead') return 'opus'
  const name = packet.toString('latin1', 0, 7)
  if (name === '\x01vorbis' || name.startsWith('\x7fFLAC') || name.startsWith('Speex')) return 'ogg'
  return name === '\x80theora' || packet.toString('latin1', 0, 7) === 'fishead' ? 'ogv' : undefined
}

/** A long tag (cover art) hides what follows it; MP3 is by far the likeliest and the decoder has the last word. */
function sniffBehindTag(head: Buffer): MediaFormat | undefined {
  const [a = 255, b = 255, c = 255, d = 255] = head.subarray(6, 10)
  if ((a | b | c | d) > 127) return undefined
  const end = 10 + a * 2_097_152 + b * 16_384 + c * 128 + d
  if (end + 4 > head.length) return 'mp3'
  const behind = head.subarray(end)
  if (behind.toString('latin1', 0, 4) === 'fLaC') return 'flac'
  return sniffFrame(behind) ?? 'mp3'
}

function sniffFrame(head: Buffer): MediaFormat | undefined {
  const [sync = 0, second = 0, third = 0] = head
  if (sync !== 0xff || head.length < 4) return undefined
  if ((second & 0xf6) === 0xf0 && (third & 0x3c) >> 2 < 13) return 'aac'
  const isLayerThree = (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08
  const isSoundRate = third >> 4 !== 15 && third >> 4 !== 0 && (third & 0x0c) !== 0x0c
  return isLayerThree && isSoundRate ? 'mp3' : undefined
}

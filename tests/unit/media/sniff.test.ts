// Promises on which files are taken as media, whatever they are called.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { sniff } from '../../../src/platform/media/sniff.ts'
import { Refusal } from '../../../src/model/refusal.ts'
import { animation, quartered } from './pictures.ts'

const text = (content: string): Buffer => Buffer.from(content, 'latin1')
const brand = (major: string, ...others: string[]): Buffer => {
  const body = text(`ftyp${major}\0\0\0\0${others.join('')}`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([length, body, Buffer.alloc(32)])
}
const ogg = (packet: string): Buffer =>
  Buffer.concat([
    text('OggS'),
    Buffer.alloc(22),
    Buffer.from([1, packet.length]),
    text(packet),
    Buffer.alloc(20),
  ])
const id3 = (size: number): Buffer => Buffer.from([...text('ID3'), 4, 0, 0, 0, 0, size >> 7, size & 127])

describe('the type of an uploaded file', () => {
  it('is told by its bytes for every picture format that is supported', async () => {
    const png = await quartered()
    assert.equal(sniff(png).contentType, 'image/png')
    assert.equal(sniff(await sharp(png).jpeg().toBuffer()).contentType, 'image/jpeg')
    assert.equal(sniff(await sharp(png).webp().toBuffer()).contentType, 'image/webp')
    assert.equal(sniff(await sharp(png).avif({ effort: 0 }).toBuffer()).contentType, 'image/avif')
    assert.equal(sniff(await animation('gif', 2)).contentType, 'image/gif')
  })

  it('is told by its bytes for every video and sound format that is supported', () => {
    const webm = Buffer.concat([
      Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1]),
      text('\x42\x82\x84webm'),
    ])
    const cases: [Buffer, string][] = [
      [brand('isom', 'iso2', 'avc1', 'mp41'), 'mp4'],
      [brand('mp42', 'isom'), 'mp4'],
      [brand('3gp4', 'isom'), 'mp4'],
      [brand('qt  '), 'mov'],
      [text('\0\0\x01\0moov\0\0\0\0lots of atoms'), 'mov'],
      [brand('M4A ', 'mp42', 'isom'), 'm4a'],
      [brand('mif1', 'avif', 'miaf'), 'avif'],
      [webm, 'webm'],
      [ogg('OpusHead'), 'opus'],
      [ogg('\x01vorbis'), 'ogg'],
      [ogg('\x80theora'), 'ogv'],
      [text('fLaC\0\0\0\x22'), 'flac'],
      [text('RIFF\0\0\0\0WAVEfmt '), 'wav'],
      [Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0]), 'mp3'],
      [Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0]), 'aac'],
      [Buffer.concat([id3(1000), Buffer.alloc(100)]), 'mp3'],
      [Buffer.concat([id3(4), Buffer.alloc(4), text('fLaC\0\0')]), 'flac'],
    ]
    for (const [bytes, format] of cases) assert.equal(sniff(bytes).format, format)
  })

  it('is refused with a sentence that says what is wrong and what would work', () => {
    const cases: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /empty/],
      [text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /SVG/],
      [text('<?xml version="1.0"?>\n<svg/>'), /SVG/],
      [text('\n\n <!DOCTYPE html><html>'), /Web pages/],
      [text('%PDF-1.7 whatever'), /PDF/],
      [text('#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd'), /Playlists/],
      [text('ffconcat version 1.0\nfile /etc/passwd'), /cannot be taken/],
      [text('push graphic-context\nviewbox 0 0 1 1'), /cannot be taken/],
      [text('{"@context":"https://www.w3.org/ns/activitystreams","type":"Person"}'), /cannot be taken/],
      [text('MZ\x90\0'), /cannot be taken/],
      [text('PK\x03\x04'), /cannot be taken/],
      [brand('heic', 'mif1'), /HEIC.*JPEG/],
      [text('\0\0\0\x0cJXL \r\n\x87\n'), /JPEG XL/],
      [Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), text('\x42\x82\x88matroska')]), /Matroska/],
      [text('II*\0 a tiff'), /cannot be taken/],
    ]
    for (const [bytes, sentence] of cases) {
      assert.throws(
        () => sniff(bytes),
        (error: Refusal) => {
          assert.equal(error.code, 'unsupported')
          assert.match(error.safeText, sentence)
          assert.match(error.safeText, /Supported are JPEG.*MP4.*MP3/)
          return true
        },
      )
    }
  })

  it('is found or refused, never an accident, for any bytes at all', () => {
    const starts = ['GIF8', 'RIFF', 'OggS', 'ID3', '\0\0\0\x18ftyp', '\xff\xfb', '\x1a\x45\xdf\xa3', '']
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        try {
          assert.match(sniff(Buffer.concat([text(start), rest])).contentType, /^(?:image|video|audio)\//)
        } catch (error) {
          assert.ok(error instanceof Refusal)
        }
      }),
      { numRuns: 500 },
    )
  })
})

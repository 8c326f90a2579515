// Pictures for the media tests, good and evil, made on the spot.
import sharp from 'sharp'
import { crc32, deflateSync } from 'node:zlib'

/** A picture whose four quarters are red, green / blue, white, so that turning it shows. */
export async function quartered(width = 80, height = 40): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isRight = x >= width / 2
      const colour =
        y < height / 2 ? (isRight ? [0, 255, 0] : [255, 0, 0]) : isRight ? [255, 255, 255] : [0, 0, 255]
      data.set(colour, (y * width + x) * 3)
    }
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

/** A JPEG that tells where and with what it was taken. */
export async function taggedJpeg(): Promise<Buffer> {
  return await sharp(await quartered(640, 480))
    .withExif({
      IFD0: { Make: 'SecretCamera', Artist: 'Alice Example' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 0/1',
      },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>at home</secret></x:xmpmeta>')
    .jpeg()
    .toBuffer()
}

/** An animation of `count` plain frames. */
export async function animation(format: 'gif' | 'webp', count: number, size = 64): Promise<Buffer> {
  const frames = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      sharp({
        create: { width: size, height: size, channels: 3, background: { r: (at * 37) % 256, g: 90, b: 200 } },
      })
        .png()
        .toBuffer(),
    ),
  )
  const joined = sharp(frames, { join: { animated: true } })
  return await (format === 'gif' ? joined.gif() : joined.webp()).toBuffer()
}

/** A PNG of a few bytes whose header announces `side` by `side` pixels. */
export function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(100_000))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A GIF of `count` frames with one pixel each. */
export function endlessGif(count: number): Buffer {
  const head = Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0', 'latin1'), 3, 1, 0, 0, 0]),
  ])
  const frame = Buffer.from([0x21, 0xf9, 4, 4, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0])
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from([0x3b])])
}

/** The colour of one pixel of an encoded picture, rounded to the nearest primary, such as `255,0,0`. */
export async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + 3)].map((value) => (value > 127 ? 255 : 0)).join(',')
}

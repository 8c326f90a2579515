// Promises to people who upload pictures, and to the operator whose server decodes them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isBlurhashValid } from 'blurhash'
import * as fc from 'fast-check'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { processImage } from '../../../src/platform/media/image.ts'
import { defaultLimits } from '../../../src/platform/media/limits.ts'
import { Refusal } from '../../../src/model/refusal.ts'
import { animation, bombPng, endlessGif, pixelAt, quartered, taggedJpeg } from './pictures.ts'

const refusedAs = (code: string, sentence: RegExp) => (error: Refusal) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  assert.match(error.safeText, sentence)
  return true
}

describe('an uploaded picture', () => {
  it('never tells where, when and with what it was taken', async () => {
    const source = await taggedJpeg()
    assert.ok((await sharp(source).metadata()).exif, 'the source does carry EXIF')
    const { original, small } = await processImage(source)
    for (const { body } of [original, small]) {
      const facts = await sharp(body.bytes).metadata()
      assert.deepEqual(
        [facts.exif, facts.xmp, facts.iptc, facts.icc],
        [undefined, undefined, undefined, undefined],
      )
      const raw = Buffer.from(body.bytes).toString('latin1')
      assert.doesNotMatch(raw, /SecretCamera|Alice Example|at home|Exif/)
    }
  })

  it('stands upright for each of the eight ways a camera may be held', async () => {
    const upright = await quartered(80, 40)
    const expected = ['255,0,0', '0,255,0', '0,0,255', '255,255,255']
    const turns: Record<number, (picture: Sharp) => Sharp> = {
      1: (picture) => picture,
      2: (picture) => picture.flop(),
      3: (picture) => picture.rotate(180),
      4: (picture) => picture.flip(),
      5: (picture) => picture.rotate(270).flop(),
      6: (picture) => picture.rotate(270),
      7: (picture) => picture.rotate(90).flop(),
      8: (picture) => picture.rotate(90),
    }
    for (const [orientation, turn] of Object.entries(turns)) {
      const turned = await turn(sharp(upright)).png().toBuffer()
      const source = await sharp(turned)
        .withMetadata({ orientation: Number(orientation) })
        .jpeg({ quality: 95 })
        .toBuffer()
      const { original } = await processImage(source)
      assert.deepEqual([original.width, original.height], [80, 40], `orientation ${orientation}`)
      const corners = [
        [5, 5],
        [75, 5],
        [5, 35],
        [75, 35],
      ] as const
      const seen = await Promise.all(corners.map(([x, y]) => pixelAt(original.body.bytes, x, y)))
      assert.deepEqual(seen, expected, `orientation ${orientation}`)
    }
  })

  it('keeps its format and gets a preview, a blurhash and an average colour', async () => {
    const png = await quartered(1200, 900)
    for (const [format, type] of [
      ['jpeg', 'image/jpeg'],
      ['png', 'image/png'],
      ['webp', 'image/webp'],
    ] as const) {
      const result = await processImage(await sharp(png).toFormat(format).toBuffer())
      assert.equal(result.original.contentType, type)
      assert.deepEqual([result.original.width, result.original.height], [1200, 900])
      const small = await sharp(result.small.body.bytes).metadata()
      assert.ok(small.width * small.height <= 230_400 && small.width * small.height > 220_000)
      assert.ok(isBlurhashValid(result.blurhash).result)
      assert.match(result.averageColour, /^#[0-9a-f]{6}$/)
    }
  })

  it('is scaled down to 3840 by 2160 worth of pixels', async () => {
    const huge = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer()
    const { original } = await processImage(huge)
    assert.ok(original.width * original.height <= 8_294_400 && original.width > 3500)
    assert.ok(Math.abs(original.width / original.height - 1.5) < 0.01)
  })

  it('becomes JPEG or WebP when it is AVIF, so that every reader can see it', async () => {
    const avif = await sharp(await quartered())
      .avif({ effort: 0 })
      .toBuffer()
    assert.equal((await processImage(avif)).original.contentType, 'image/jpeg')
    const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: '#ff000040' } })
      .avif({ effort: 0 })
      .toBuffer()
    assert.equal((await processImage(clear)).original.contentType, 'image/webp')
  })

  it('shows sRGB colours even when it came with another colour profile', async () => {
    const wide = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#00c000' } })
      .withIccProfile('p3')
      .jpeg({ quality: 100 })
      .toBuffer()
    assert.ok((await sharp(wide).metadata()).hasProfile)
    const { original, averageColour } = await processImage(wide)
    assert.equal((await sharp(original.body.bytes).metadata()).hasProfile, false)
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(averageColour.slice(at, at + 2), 16))
    assert.ok(Math.abs((green ?? 0) - 192) < 6 && (red ?? 0) < 12 && (blue ?? 0) < 12, averageColour)
  })

  it('keeps moving when it is an animated GIF or WebP, and its preview stands still', async () => {
    for (const format of ['gif', 'webp'] as const) {
      const result = await processImage(await animation(format, 5))
      assert.equal(result.isAnimated, true)
      assert.equal((await sharp(result.original.body.bytes).metadata()).pages, 5)
      assert.equal((await sharp(result.small.body.bytes).metadata()).pages ?? 1, 1)
    }
  })

  it('carries nothing but pixels, even when a second file was hidden behind or inside it', async () => {
    const png = await quartered()
    const gif = await animation('gif', 3)
    const script = '<script>fetch("/api/v1/accounts/verify_credentials")</script>'
    const comment = Buffer.concat([
      Buffer.from([0x21, 0xfe, script.length]),
      Buffer.from(script),
      Buffer.from([0]),
    ])
    const polyglots = [
      Buffer.concat([await sharp(png).jpeg().toBuffer(), Buffer.from(`PK\x03\x04${script}`)]),
      Buffer.concat([png, Buffer.from(script)]),
      Buffer.concat([gif.subarray(0, -1), comment, Buffer.from([0x3b])]),
    ]
    for (const polyglot of polyglots) {
      const { original } = await processImage(polyglot)
      assert.ok(!Buffer.from(original.body.bytes).includes('verify_credentials'))
    }
  })

  it('remembers the point of interest, and says so when that point lies outside', async () => {
    const png = await quartered()
    assert.deepEqual((await processImage(png, { focus: { x: -0.5, y: 1 } })).focus, { x: -0.5, y: 1 })
    await assert.rejects(processImage(png, { focus: { x: 1.5, y: 0 } }), refusedAs('invalid', /from -1 to 1/))
  })
})

describe('a picture that is meant to hurt', () => {
  it('is refused by its header alone when it announces 65,000 by 65,000 pixels', async () => {
    const before = process.memoryUsage().rss
    await assert.rejects(processImage(bombPng(65_000)), refusedAs('too-large', /65000 by 65000 pixels/))
    assert.ok(process.memoryUsage().rss - before < 200_000_000)
  })

  it('is refused when it has 10,000 frames', async () => {
    await assert.rejects(processImage(endlessGif(10_000)), refusedAs('too-large', /10000 frames/))
  })

  it('is refused when its frames are few but huge', async () => {
    const limits = { ...defaultLimits, animatedPixels: 64 * 64 * 4 }
    await assert.rejects(
      processImage(await animation('gif', 5), { limits }),
      refusedAs('too-large', /5 frames/),
    )
  })

  it('is refused when it weighs more than the server takes', async () => {
    const heavy = Buffer.concat([await quartered(), Buffer.alloc(defaultLimits.imageBytes)])
    await assert.rejects(processImage(heavy), refusedAs('too-large', /at most 16 MB/))
  })

  it('is refused when it is cut off or garbled', async () => {
    const png = await sharp(await quartered(500, 500))
      .jpeg()
      .toBuffer()
    await assert.rejects(processImage(png.subarray(0, png.length / 2)), refusedAs('invalid', /damaged/))
    await assert.rejects(processImage(bombPng(200)), refusedAs('invalid', /damaged/))
    const garbage = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)])
    await assert.rejects(processImage(garbage), refusedAs('invalid', /damaged/))
  })

  it('is processed or refused, never a crash, with any bytes flipped', async () => {
    const sources = [
      await sharp(await quartered(60, 60))
        .jpeg()
        .toBuffer(),
      await quartered(60, 60),
      await sharp(await quartered(60, 60))
        .webp()
        .toBuffer(),
      await animation('gif', 3, 16),
    ]
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), flips, async (source, changes) => {
        const bytes = Buffer.from(source)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        try {
          assert.ok((await processImage(bytes)).original.byteLength > 0)
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
      }),
      { numRuns: 120 },
    )
  })

  it('cannot reach a decoder for formats that we do not take', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await assert.rejects(processImage(svg), refusedAs('unsupported', /SVG/))
    await assert.rejects(sharp(svg).png().toBuffer(), /unsupported|blocked/i)
    await assert.rejects(
      processImage(Buffer.from('RIFF\0\0\0\0WAVEfmt ')),
      refusedAs('unsupported', /not a picture/),
    )
  })
})

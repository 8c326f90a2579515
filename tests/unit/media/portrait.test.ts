// Promises on avatars, headers and custom emojis.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import sharp from 'sharp'
import { processEmoji } from '../../../src/platform/media/emoji.ts'
import { processAvatar, processHeader } from '../../../src/platform/media/portrait.ts'
import { animation, bombPng, pixelAt, quartered, taggedJpeg } from './pictures.ts'

describe('a profile picture', () => {
  it('is cut to a square of 400 pixels from the middle, without metadata', async () => {
    const { original, static: still } = await processAvatar(await taggedJpeg())
    assert.equal(still, undefined)
    assert.deepEqual([original.width, original.height, original.contentType], [400, 400, 'image/jpeg'])
    assert.equal((await sharp(original.body.bytes).metadata()).exif, undefined)
    assert.equal(await pixelAt(original.body.bytes, 20, 20), '255,0,0')
    assert.equal(await pixelAt(original.body.bytes, 380, 380), '255,255,255')
  })

  it('is not blown up when it is small', async () => {
    const { original } = await processAvatar(await quartered(60, 90))
    assert.deepEqual([original.width, original.height], [60, 60])
  })

  it('has a still version when it moves', async () => {
    const { original, static: still } = await processAvatar(await animation('gif', 4))
    assert.equal((await sharp(original.body.bytes).metadata()).pages, 4)
    assert.equal(still?.contentType, 'image/png')
    assert.deepEqual([still?.width, still?.height], [64, 64])
  })

  it('is refused when it is a bomb, too heavy or no picture', async () => {
    await assert.rejects(processAvatar(bombPng(65_000)), { code: 'too-large' })
    await assert.rejects(processAvatar(Buffer.alloc(9_000_000)), { code: 'too-large' })
    await assert.rejects(processAvatar(Buffer.from('{"type":"Person"}')), { code: 'unsupported' })
  })
})

describe('a profile header', () => {
  it('is three times as wide as high, and at most 1500 by 500 pixels', async () => {
    const large = await processHeader(await quartered(2000, 1500))
    assert.deepEqual([large.original.width, large.original.height], [1500, 500])
    const small = await processHeader(await quartered(300, 300))
    assert.deepEqual([small.original.width, small.original.height], [300, 100])
  })
})

describe('a custom emoji', () => {
  it('fits into 128 pixels, keeps its shape and stands still on request', async () => {
    const plain = await processEmoji(await quartered(400, 200))
    assert.deepEqual([plain.original.width, plain.original.height], [128, 64])
    assert.equal(plain.original.contentType, 'image/png')
    const moving = await processEmoji(await animation('webp', 3, 200))
    assert.equal((await sharp(moving.original.body.bytes).metadata()).pages, 3)
    assert.equal((await sharp(moving.static?.body.bytes ?? Buffer.alloc(0)).metadata()).pages ?? 1, 1)
  })

  it('is refused above 256 kB', async () => {
    const heavy = Buffer.concat([await quartered(), Buffer.alloc(262_144)])
    await assert.rejects(processEmoji(heavy), { code: 'too-large', safeText: /256 kB/ })
  })
})

// Promises to people who upload video and sound, on servers with and without ffmpeg.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isBlurhashValid } from 'blurhash'
import * as fc from 'fast-check'
import { plainEngine } from '../../../src/platform/media/av-plain.ts'
import { formatFacts } from '../../../src/platform/media/formats.ts'
import { defaultLimits } from '../../../src/platform/media/limits.ts'
import { isSlow, processMedia } from '../../../src/platform/media/process.ts'
import type { ProcessedMedia } from '../../../src/platform/media/process.ts'
import { findTool, runTool } from '../../../src/platform/media/run-tool.ts'
import { systemEngine } from '../../../src/platform/media/system-engine.ts'
import { Refusal } from '../../../src/model/refusal.ts'
import { animation, endlessGif, quartered, taggedJpeg } from './pictures.ts'
import { recording, tone } from './recordings.ts'

const plain = plainEngine(defaultLimits)
let workFolder = ''

before(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'media-test-'))
})
after(async () => {
  assert.deepEqual(await readdir(workFolder), [], 'no work folder is left behind, whatever happened')
  await rm(workFolder, { recursive: true })
})

async function storedBytes(media: ProcessedMedia): Promise<Buffer> {
  const { body } = media.files.original
  return 'path' in body ? await readFile(body.path) : Buffer.from(body.bytes)
}

describe('an uploaded video', () => {
  it('is taken on every server when browsers can play it, and loses its title, place and notes', async () => {
    for (const engine of [plain, await systemEngine()]) {
      for (const container of ['mp4', 'mov'] as const) {
        const source = await recording({ container })
        assert.match(source.toString('latin1'), /\+52\.5170/)
        const media = await processMedia({ bytes: source }, { engine, workFolder })
        assert.equal(media.kind, 'video')
        assert.equal(media.contentType, 'video/mp4')
        const stored = await storedBytes(media)
        assert.equal(stored.length, media.files.original.byteLength)
        assert.doesNotMatch(stored.toString('latin1'), /52\.5170|Alice|secret/)
        const { width, height, frame_rate: rate, duration = 0, bitrate = 0 } = media.meta.original ?? {}
        assert.deepEqual([width, height, rate], [64, 32, '10/1'], `${engine.name} ${container}`)
        assert.ok(Math.abs(duration - 2) < 0.1 && bitrate > 1000)
        await media.release()
      }
    }
  })

  it('is taken as WebM without ffmpeg', async () => {
    const source = await recording({ container: 'webm', codec: 'vp8' })
    const media = await processMedia({ bytes: source }, { engine: plain, workFolder })
    assert.deepEqual([media.kind, media.contentType], ['video', 'video/webm'])
    assert.doesNotMatch((await storedBytes(media)).toString('latin1'), /Alice|secret/)
    await media.release()
  })

  it('has a preview and a blurhash where ffmpeg can make one, and is taken without them elsewhere', async () => {
    const engine = await systemEngine()
    const media = await processMedia({ bytes: await recording() }, { engine, workFolder })
    if (engine.poster) {
      assert.equal(media.files.small?.contentType, 'image/jpeg')
      assert.equal(media.meta.small?.size, '64x32')
      assert.ok(isBlurhashValid(media.blurhash ?? '').result)
    } else {
      assert.deepEqual([media.files.small, media.meta.small, media.blurhash], [undefined, undefined, null])
    }
    await media.release()
  })

  it('shows the preview that its owner chose', async () => {
    const options = { engine: plain, workFolder, thumbnail: await taggedJpeg(), focus: { x: 0, y: 0.5 } }
    const media = await processMedia({ bytes: await recording() }, options)
    assert.equal(media.meta.small?.width, 554)
    assert.deepEqual(media.meta.focus, { x: 0, y: 0.5 })
    assert.ok(isBlurhashValid(media.blurhash ?? '').result)
    await media.release()
  })

  it('is measured the way it is shown when the camera was held sideways', async () => {
    for (const engine of [plain, await systemEngine()]) {
      const media = await processMedia({ bytes: await recording({ rotation: 90 }) }, { engine, workFolder })
      assert.deepEqual([media.meta.original?.width, media.meta.original?.height], [32, 64])
      await media.release()
    }
  })

  it('is refused with a hint what to save it as when this server cannot convert it', async () => {
    const hevc = recording({ codec: 'hevc', container: 'mp4', sound: 'none' })
    await assert.rejects(
      processMedia({ bytes: await hevc }, { engine: plain, workFolder }),
      (error: Refusal) => {
        assert.equal(error.code, 'unsupported')
        assert.match(error.safeText, /cannot convert hevc.*MP4 with H\.264 /)
        return true
      },
    )
    const theora = Buffer.concat([
      Buffer.from('OggS'),
      Buffer.alloc(22),
      Buffer.from([1, 7]),
      Buffer.from('\x80theora', 'latin1'),
    ])
    const refusal = processMedia({ bytes: theora }, { engine: plain, workFolder })
    await assert.rejects(refusal, { code: 'unsupported', safeText: /cannot convert.*MP4/ })
  })

  it('is converted where ffmpeg is there, when browsers cannot play it as it is', async () => {
    const source = await recording({ container: 'mov', sound: 'pcm' })
    const engine = await systemEngine()
    if (engine.convert) {
      const media = await processMedia({ bytes: source }, { engine, workFolder })
      assert.deepEqual(
        [media.kind, media.contentType, media.meta.original?.width],
        ['video', 'video/mp4', 64],
      )
      assert.doesNotMatch((await storedBytes(media)).toString('latin1'), /52\.5170|Alice|secret/)
      const path = 'path' in media.files.original.body ? media.files.original.body.path : ''
      const facts = await engine.probe({ path, format: formatFacts('mp4') })
      assert.deepEqual([facts.video?.codec, facts.audio?.codec], ['h264', 'aac'])
      await media.release()
    }
    const refusal = processMedia({ bytes: source }, { engine: plain, workFolder })
    await assert.rejects(refusal, { code: 'unsupported', safeText: /cannot convert h264 and pcm/ })
  })

  it('is refused when its picture, its length, its frame rate or its file is too large', async () => {
    const tooLarge = { code: 'too-large' }
    const refuse = async (bytes: Buffer, limits = defaultLimits) => {
      await assert.rejects(processMedia({ bytes }, { engine: plain, workFolder, limits }), tooLarge)
    }
    await refuse(await recording(), { ...defaultLimits, videoPixels: 1000 })
    await refuse(await recording(), { ...defaultLimits, videoMs: 1000 })
    await refuse(await recording({ fps: 240, seconds: 1 }))
    await refuse(await recording(), { ...defaultLimits, videoBytes: 5000 })
  })
})

describe('uploaded sound', () => {
  it('is taken on every server when browsers can play it, and loses its title', async () => {
    for (const engine of [plain, await systemEngine()]) {
      const media = await processMedia({ bytes: tone(2) }, { engine, workFolder })
      assert.deepEqual([media.kind, media.contentType, media.blurhash], ['audio', 'audio/wav', null])
      assert.ok(Math.abs((media.meta.original?.duration ?? 0) - 2) < 0.01)
      assert.ok(Math.abs((media.meta.original?.bitrate ?? 0) - 128_000) < 2000)
      assert.doesNotMatch((await storedBytes(media)).toString('latin1'), /Alice/)
      await media.release()
    }
  })

  it('shows the picture that its owner chose, with colours that go with it', async () => {
    const options = { engine: plain, workFolder, thumbnail: await quartered(400, 400) }
    const media = await processMedia({ bytes: tone() }, options)
    assert.equal(media.meta.small?.size, '400x400')
    for (const colour of Object.values(media.meta.colors ?? {})) assert.match(colour, /^#[0-9a-f]{6}$/)
    assert.equal(Object.keys(media.meta.colors ?? {}).length, 3)
    await media.release()
  })
})

describe('an uploaded picture or animation', () => {
  it('gets exactly the facts that clients know', async () => {
    const media = await processMedia({ bytes: await quartered(1600, 900) }, { focus: { x: 0.1, y: -0.2 } })
    assert.equal(media.kind, 'image')
    assert.deepEqual(media.meta, {
      focus: { x: 0.1, y: -0.2 },
      original: { width: 1600, height: 900, size: '1600x900', aspect: 1.777777777778 },
      small: { width: 640, height: 360, size: '640x360', aspect: 1.777777777778 },
    })
    await media.release()
  })

  it('plays as a silent video where ffmpeg can make one, and stays an animated picture elsewhere', async () => {
    const gif = await animation('gif', 6)
    const stays = await processMedia({ bytes: gif }, { engine: plain, workFolder })
    assert.deepEqual([stays.kind, stays.contentType], ['image', 'image/gif'])
    const engine = await systemEngine()
    const media = await processMedia({ bytes: gif }, { engine, workFolder })
    const expected = engine.convert ? ['gifv', 'video/mp4', 64] : ['image', 'image/gif', 64]
    assert.deepEqual([media.kind, media.contentType, media.meta.original?.width], expected)
    assert.ok(isBlurhashValid(media.blurhash ?? '').result)
    await media.release()
  })

  it('is refused with 10,000 frames on every server', async () => {
    for (const engine of [plain, await systemEngine()]) {
      const refusal = processMedia({ bytes: endlessGif(10_000) }, { engine, workFolder })
      await assert.rejects(refusal, { code: 'too-large', safeText: /10000 frames/ })
    }
  })
})

describe('a file that lies', () => {
  it('is known by its bytes whatever path and name it has', async () => {
    const path = join(workFolder, '..', `${workFolder.split('/').at(-1)}-..%2f$(id) "x".m3u8`)
    await writeFile(path, await recording())
    try {
      for (const engine of [plain, await systemEngine()]) {
        const media = await processMedia({ path }, { engine, workFolder })
        assert.equal(media.contentType, 'video/mp4')
        await media.release()
        assert.ok((await readFile(path)).length > 0, 'the source belongs to the caller and stays')
      }
    } finally {
      await rm(path)
    }
  })

  it('cannot make a tool read another file through a playlist, a script or a reference', async () => {
    const bait = join(workFolder, 'secret.txt')
    const lists = [
      `#EXTM3U\n#EXTINF:1,\nfile://${bait}\n`,
      `ffconcat version 1.0\nfile ${bait}\n`,
      `<?xml version="1.0"?><MPD><BaseURL>file://${bait}</BaseURL></MPD>`,
      `push graphic-context\nimage over 0,0 0,0 '${bait}'\n`,
      `1\n00:00:00,000 --> 00:00:01,000\n<font file="${bait}">x</font>\n`,
    ]
    for (const engine of [plain, await systemEngine()]) {
      for (const list of lists) {
        await assert.rejects(processMedia({ bytes: Buffer.from(list) }, { engine, workFolder }), {
          code: 'unsupported',
        })
        const disguised = Buffer.concat([(await recording()).subarray(0, 40), Buffer.from(list)])
        await assert.rejects(processMedia({ bytes: disguised }, { engine, workFolder }), { code: 'invalid' })
      }
    }
  })

  it('is refused when it is cut off before its tracks are described', async () => {
    const webm = await recording({ container: 'webm', codec: 'vp8' })
    for (const bytes of [webm.subarray(0, 60), tone().subarray(0, 20), Buffer.from('fLaC\0\0\0\x22')]) {
      for (const engine of [plain, await systemEngine()]) {
        await assert.rejects(processMedia({ bytes }, { engine, workFolder }), { code: 'invalid' })
      }
    }
  })

  it('is processed or refused, never a crash, with any bytes of its container flipped', async () => {
    const sources = [await recording({ seconds: 1 }), tone(1)]
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), flips, async (source, changes) => {
        const bytes = Buffer.from(source)
        for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 3000)] = value
        try {
          const media = await processMedia({ bytes }, { engine: plain, workFolder })
          await media.release()
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
      }),
      { numRuns: 8 },
    )
  })
})

describe('an outside tool', () => {
  it('is stopped when it takes too long, and gets nothing of the server’s environment', async () => {
    const node = process.execPath
    process.env['FOLKMOOT_TEST_SECRET'] = 'hidden'
    const limits = { ms: 20_000, fileBytes: 1_000_000, cwd: tmpdir() }
    try {
      const seen = await runTool(node, ['-p', 'JSON.stringify(process.env)'], limits).catch(String)
      assert.doesNotMatch(seen, /hidden/)
    } finally {
      delete process.env['FOLKMOOT_TEST_SECRET']
    }
    const sleep = await findTool('sleep')
    assert.ok(sleep)
    await assert.rejects(runTool(sleep, ['30'], { ...limits, ms: 50 }), {
      name: 'ToolError',
      isTimeout: true,
    })
    assert.equal(await findTool('no-such-tool-anywhere'), undefined)
  })
})

describe('an uploader', () => {
  it('is answered at once for what takes long, and with the result for what does not', () => {
    assert.equal(isSlow(formatFacts('mp4'), 1000), true)
    assert.equal(isSlow(formatFacts('mp3'), 10_000_000), true)
    assert.equal(isSlow(formatFacts('mp3'), 100_000), false)
    assert.equal(isSlow(formatFacts('jpeg'), 15_000_000), false)
    assert.equal(isSlow(formatFacts('gif'), 5_000_000), true)
  })
})

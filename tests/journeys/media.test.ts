// Promises about media: what people upload arrives whole and clean, stays theirs, and can do nobody harm.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { createBlobs } from '../../src/platform/blobs.ts'
import { forEachEngine } from '../database.ts'
import { animation, bombPng, taggedJpeg } from '../unit/media/pictures.ts'
import { recording, tone } from '../unit/media/recordings.ts'
import { systemEngine } from '../../src/platform/media/system-engine.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

/** A form with one file; its name and type may lie. */
function form(
  bytes: Uint8Array,
  fields: Record<string, string> = {},
  lie = { name: 'cat.jpg', type: 'image/jpeg' },
) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  data.append('file', new File([bytes as Uint8Array<ArrayBuffer>], lie.name, { type: lie.type }))
  return data
}

/** An animation with a long comment in it. */
async function largeGif(): Promise<Buffer> {
  const gif = await animation('gif', 8)
  const block = Buffer.concat([Buffer.from([255]), Buffer.alloc(255, 'x')])
  const comment = [Buffer.from([0x21, 0xfe]), ...Array.from({ length: 5000 }, () => block), Buffer.from([0])]
  return Buffer.concat([gif.subarray(0, -1), ...comment, gif.subarray(-1)])
}

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
  })
  after(() => world.stop())

  const upload = async (bytes: Uint8Array, fields: Record<string, string> = {}) =>
    alice.api.post('/api/v2/media', form(bytes, fields))
  const statusOf = async (url: string): Promise<number> => (await fetch(url)).status

  test('a picture is uploaded, described, posted and seen by everybody, without a trace of where it was taken', async () => {
    const media = await upload(await taggedJpeg(), { description: 'Four colours', focus: '0.5,-0.25' })
    assert.equal(media.type, 'image')
    assert.deepEqual(media.meta.focus, { x: 0.5, y: -0.25 })
    assert.equal(media.meta.original.size, '640x480')
    const described = await alice.api.put(`/api/v1/media/${media.id}`, {
      description: 'Red, green, blue, white',
    })
    assert.equal(described.description, 'Red, green, blue, white')
    const post = await alice.api.post('/api/v1/statuses', { status: 'look', media_ids: [media.id] })
    assert.equal(post.media_attachments[0].description, 'Red, green, blue, white')
    for (const url of [post.media_attachments[0].url, post.media_attachments[0].preview_url]) {
      const response = await fetch(url)
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-type'), 'image/jpeg')
      const bytes = Buffer.from(await response.arrayBuffer())
      const { exif, xmp, width } = await sharp(bytes).metadata()
      assert.deepEqual({ exif, xmp }, { exif: undefined, xmp: undefined })
      assert.ok((width ?? 0) > 500)
      for (const secret of ['SecretCamera', 'Alice Example', 'at home'])
        assert.equal(bytes.includes(secret), false)
    }
  })

  test('a file may be read in parts, kept for ever, and never acts as a page', async () => {
    const { url } = await upload(await taggedJpeg())
    const whole = await fetch(url)
    const bytes = Buffer.from(await whole.arrayBuffer())
    assert.match(whole.headers.get('cache-control') ?? '', /immutable/)
    assert.equal(whole.headers.get('x-content-type-options'), 'nosniff')
    assert.match(whole.headers.get('content-security-policy') ?? '', /sandbox/)
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } })
    assert.equal(part.status, 206)
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(10, 20))
    const end = await fetch(url, { headers: { range: 'bytes=-5' } })
    assert.deepEqual(Buffer.from(await end.arrayBuffer()), bytes.subarray(-5))
    assert.equal((await fetch(url, { headers: { range: `bytes=${bytes.length}-` } })).status, 416)
    const head = await fetch(url, { method: 'HEAD' })
    assert.equal(head.headers.get('content-length'), String(bytes.length))
    const etag = whole.headers.get('etag') ?? ''
    assert.equal((await fetch(url, { headers: { 'if-none-match': etag } })).status, 304)
  })

  test('whatever a file claims to be, it is taken for what it is or not at all', async () => {
    const lies: [string, string][] = [
      [
        'actor.json',
        '{"@context":"https://www.w3.org/ns/activitystreams","type":"Person","id":"https://x.test/"}',
      ],
      ['page.html', '<!doctype html><script>alert(1)</script>'],
      ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['push.mvg', "push graphic-context\nimage over 0,0 0,0 'url(https://127.0.0.1/)'"],
      ['list.m3u8', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
      ['empty.jpg', ' '],
    ]
    for (const [name, text] of lies)
      for (const type of ['application/activity+json', 'image/png', 'video/mp4']) {
        const answer = await alice.api.ask('POST', '/api/v2/media', {
          body: form(Buffer.from(text), {}, { name, type }),
        })
        assert.equal(answer.status, 422, name)
        assert.match(answer.body.error, /Supported are|cannot be/)
      }
    const lying = { name: '../../../etc/cron.d/evil.json', type: 'application/activity+json' }
    const media = await alice.api.post('/api/v2/media', form(await taggedJpeg(), {}, lying))
    assert.equal((await fetch(media.url)).headers.get('content-type'), 'image/jpeg')
    assert.equal(media.url.includes('evil'), false)
    const bomb = await alice.api.ask('POST', '/api/v2/media', { body: form(bombPng(60_000)) })
    assert.equal(bomb.status, 413)
    assert.match(bomb.body.error, /pixels/)
  })

  test('nobody can look at, change, delete or post what somebody else uploaded', async () => {
    const { id } = await upload(await taggedJpeg())
    for (const method of ['GET', 'PUT', 'DELETE'])
      assert.equal(
        await bob.api.status(
          method,
          `/api/v1/media/${id}`,
          method === 'PUT' ? { description: 'mine' } : undefined,
        ),
        404,
      )
    assert.ok((await bob.api.status('POST', '/api/v1/statuses', { status: 'x', media_ids: [id] })) >= 404)
    assert.equal((await alice.api.get(`/api/v1/media/${id}`)).description, null)
    assert.equal(await world.client().status('GET', `/api/v1/media/${id}`), 401)
    assert.equal(await world.client().status('POST', '/api/v2/media', form(await taggedJpeg())), 401)
  })

  test('a deleted post leaves its media to be posted anew, unless their author wants them gone as well', async () => {
    for (const [query, status] of [
      ['', 200],
      ['?delete_media=true', 404],
    ] as const) {
      const media = await upload(await taggedJpeg())
      const post = await alice.api.post('/api/v1/statuses', { status: 'brief', media_ids: [media.id] })
      await alice.api.delete(`/api/v1/statuses/${post.id}${query}`)
      await world.settle()
      assert.equal(await alice.api.status('GET', `/api/v1/media/${media.id}`), status)
    }
  })

  test('an upload that is deleted is gone with its files; one in a post stays', async () => {
    const media = await upload(await taggedJpeg())
    await alice.api.delete(`/api/v1/media/${media.id}`)
    assert.equal(await statusOf(media.url), 404)
    assert.equal(await statusOf(media.preview_url), 404)
    assert.equal(await alice.api.status('GET', `/api/v1/media/${media.id}`), 404)
    const posted = await upload(await taggedJpeg())
    await alice.api.post('/api/v1/statuses', { status: 'kept', media_ids: [posted.id] })
    assert.equal(await alice.api.status('DELETE', `/api/v1/media/${posted.id}`), 422)
    assert.equal(await alice.api.status('PUT', `/api/v1/media/${posted.id}`, { description: 'late' }), 404)
    assert.equal(await statusOf(posted.url), 200)
  })

  test('a video is accepted at once and ready in a moment, with the preview that was chosen', async () => {
    const data = form(
      await recording({ seconds: 1 }),
      { description: 'A moment' },
      { name: 'a.mp4', type: 'video/mp4' },
    )
    data.append('thumbnail', new File([(await taggedJpeg()) as Uint8Array<ArrayBuffer>], 't.jpg'))
    const accepted = await alice.api.ask('POST', '/api/v2/media', { body: data })
    assert.equal(accepted.status, 202)
    assert.equal(accepted.body.url, null)
    assert.equal(accepted.body.type, 'video')
    await alice.api.ask('PUT', `/api/v1/media/${accepted.body.id}`, { body: { focus: '0.1,0.2' } })
    await world.settle()
    const ready = await alice.api.ask('GET', `/api/v1/media/${accepted.body.id}`)
    assert.equal(ready.status, 200)
    assert.deepEqual(ready.body.meta.focus, { x: 0.1, y: 0.2 })
    assert.equal(ready.body.description, 'A moment')
    const played = await fetch(ready.body.url, { headers: { range: 'bytes=0-' } })
    assert.equal(played.status, 206)
    assert.equal(played.headers.get('content-type'), 'video/mp4')
    await played.arrayBuffer()
    assert.equal((await fetch(ready.body.preview_url)).headers.get('content-type'), 'image/jpeg')
    const parked = await Array.fromAsync(createBlobs(world.house.config).list('uploads/'))
    assert.deepEqual(parked, [])
  })

  test('the older way to upload waits until a video is ready', async () => {
    const media = await alice.api.post('/api/v1/media', form(await recording({ seconds: 1 })))
    assert.equal(media.type, 'video')
    assert.equal(await statusOf(media.url), 200)
  })

  test('sound gets the cover that its owner chooses later', async () => {
    const media = await upload(tone())
    assert.equal(media.type, 'audio')
    const cover = new FormData()
    cover.append('thumbnail', new File([(await taggedJpeg()) as Uint8Array<ArrayBuffer>], 'cover.jpg'))
    const covered = await alice.api.put(`/api/v1/media/${media.id}`, cover)
    assert.equal(await statusOf(covered.preview_url), 200)
    assert.match(covered.meta.colors.background, /^#[0-9a-f]{6}$/)
  })

  test('a damaged video is accepted, then said to be damaged, and cannot be posted', async () => {
    const damaged = Buffer.concat([(await recording({ seconds: 1 })).subarray(0, 200), Buffer.alloc(500)])
    const { id } = await upload(damaged)
    await world.settle()
    const answer = await alice.api.ask('GET', `/api/v1/media/${id}`)
    assert.equal(answer.status, 422)
    assert.match(answer.body.error, /\w{4,}.*\.$/)
    assert.equal(await alice.api.status('POST', '/api/v1/statuses', { status: 'x', media_ids: [id] }), 422)
  })

  test('a large animation goes on in the background and does not hold anybody up', async () => {
    const accepted = await alice.api.ask('POST', '/api/v2/media', { body: form(await largeGif()) })
    assert.equal(accepted.status, 202)
    assert.equal((await alice.api.ask('GET', `/api/v1/media/${accepted.body.id}`)).status, 206)
    await world.settle()
    const ready = await alice.api.get(`/api/v1/media/${accepted.body.id}`)
    assert.equal(ready.type, (await systemEngine()).convert ? 'gifv' : 'image')
    assert.equal(await statusOf(ready.url), 200)
    assert.equal((await upload(await animation('gif', 3))).id === ready.id, false)
  })

  test('a description may be long, but not endless, and a focal point lies in the picture', async () => {
    const long = 'ä'.repeat(10_000)
    assert.equal((await upload(await taggedJpeg(), { description: long })).description, long)
    const answer = await alice.api.ask('POST', '/api/v2/media', {
      body: form(await taggedJpeg(), { description: `${long}b` }),
    })
    assert.equal(answer.status, 422)
    assert.match(answer.body.error, /too long/)
    assert.equal(
      await alice.api.status('POST', '/api/v2/media', form(await taggedJpeg(), { focus: '2,0' })),
      422,
    )
    assert.equal(await alice.api.status('POST', '/api/v2/media', new FormData()), 400)
    assert.equal(await alice.api.status('POST', '/api/v2/media', { description: 'no file' }), 400)
  })

  test('no path leads out of the folders of media', async () => {
    for (const path of [
      '..%2f..%2fetc%2fpasswd',
      'media/..%2f..%2ffolkmoot.db',
      'uploads/1',
      'media/.hidden',
      'media/',
      '%00',
    ])
      assert.equal((await fetch(`${world.origin}/media/${path}`)).status, 404, path)
  })

  test('the pictures that come with the program are there', async () => {
    for (const path of [
      '/assets/missing-avatar.png',
      '/assets/missing-header.png',
      '/assets/thumbnail.png',
      '/apple-touch-icon.png',
    ])
      assert.equal((await fetch(world.origin + path)).headers.get('content-type'), 'image/png')
    assert.equal((await fetch(`${world.origin}/favicon.ico`)).headers.get('content-type'), 'image/x-icon')
  })
})

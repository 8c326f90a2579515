// Promises about files of other servers: readers get them from us, safe and small, and nobody can turn that against anyone.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { receivePost } from '../../src/domain/posts/receive-post.ts'
import { setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import type { IncomingMedia, IncomingPost } from '../../src/model/post.ts'
import { insertAccount } from '../../src/store/accounts.ts'
import { ensureRemoteEmojis } from '../../src/store/custom-emojis.ts'
import { incoming } from '../cast.ts'
import { forEachEngine } from '../database.ts'
import { animation, bombPng, taggedJpeg } from '../unit/media/pictures.ts'
import { recording } from '../unit/media/recordings.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

interface Remote {
  url: string
  /** What is served, by path. */
  files: Map<string, { body: Uint8Array; type: string } | { redirect: string }>
  asked: IncomingMessage[]
  server: Server
}

async function startRemote(): Promise<Remote> {
  const files: Remote['files'] = new Map()
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    const file = files.get(request.url ?? '')
    if (!file) return void response.writeHead(404).end()
    if ('redirect' in file) return void response.writeHead(302, { location: file.redirect }).end()
    response.writeHead(200, { 'content-type': file.type }).end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, files, asked, server }
}

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let remote: Remote
  let dave: number
  let count = 0
  before(async () => {
    remote = await startRemote()
    world = await startWorld({ engine, config: { allowPrivate: ['127.0.0.0/8'] } })
    alice = await world.account('alice')
    dave = await addDave('dave', 'far.test')
  })
  after(async () => {
    await world.stop()
    await new Promise((resolve) => remote.server.close(resolve))
  })

  const addDave = async (username: string, domain: string): Promise<number> => {
    const { ctx } = world.house
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    const times = { created_at: now, updated_at: now }
    const who = { id, username, username_key: username, domain, uri: `https://${domain}/users/${username}` }
    const pictures = {
      avatar_remote_url: `${remote.url}/${username}.gif`,
      header_remote_url: `${remote.url}/none.png`,
    }
    await ctx.store.write((tx) =>
      insertAccount(tx, { ...who, ...times, ...pictures, protocol: 'activitypub' }),
    )
    return id
  }

  /** A new path on the other server, with something at it. */
  const put = (body: Uint8Array, type = 'image/jpeg'): string => {
    count += 1
    remote.files.set(`/${count}`, { body, type })
    return `${remote.url}/${count}`
  }
  const post = async (media: IncomingMedia, change: Partial<IncomingPost> = {}): Promise<number> => {
    const received = await receivePost(world.house.ctx, incoming('look', { attachments: [media], ...change }))
    await world.settle()
    return received.postId
  }
  /** The attachment of a new public post as readers are shown it. */
  const attach = async (media: IncomingMedia, change: Partial<IncomingPost> = {}) => {
    const id = await post(media, change)
    return { id, media: (await alice.api.get(`/api/v1/statuses/${id}`)).media_attachments[0] }
  }
  const rowOf = (postId: number) =>
    world.house.ctx.store.read
      .selectFrom('media')
      .selectAll()
      .where('post_id', '=', postId)
      .executeTakeFirstOrThrow()
  const asked = (url: string): number =>
    remote.asked.filter((one) => `${remote.url}${one.url}` === url).length

  test('a picture of another server comes from us, small and without metadata, and is fetched once', async () => {
    const url = put(await taggedJpeg())
    const { id, media } = await attach({ kind: 'image', url })
    assert.ok(media.preview_url.startsWith(`${world.origin}/media_proxy/`))
    assert.equal(asked(url), 0)
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(media.preview_url)))
    for (const answer of answers) {
      assert.equal(answer.status, 200)
      const small = Buffer.from(await answer.arrayBuffer())
      assert.equal((await sharp(small).metadata()).exif, undefined)
    }
    assert.equal((await fetch(media.url)).headers.get('x-content-type-options'), 'nosniff')
    assert.equal(asked(url), 1)
    const row = await rowOf(id)
    assert.match(row.blurhash ?? '', /^.{6,}$/)
    assert.equal(JSON.parse(row.meta).original.size, '640x480')
    const kept = await fetch(world.house.ctx.urls.media(row.file_key ?? ''))
    assert.equal(kept.status, 200)
    assert.match(kept.headers.get('cache-control') ?? '', /immutable/)
    assert.equal(asked(url), 1)
  })

  test('a video passes through as it is and plays in parts', async () => {
    const video = await recording({ seconds: 1 })
    const { media } = await attach({
      kind: 'video',
      url: put(video, 'video/mp4'),
      previewUrl: put(await taggedJpeg()),
    })
    const part = await fetch(media.url, { headers: { range: 'bytes=0-99' } })
    assert.equal(part.status, 206)
    assert.equal(part.headers.get('content-type'), 'video/mp4')
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), video.subarray(0, 100))
    assert.equal((await fetch(media.preview_url)).headers.get('content-type'), 'image/jpeg')
  })

  test('only real pictures, videos and sounds pass, whatever the other server calls them', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>')
    for (const body of [page, bombPng(60_000), Buffer.from('{"type":"Person"}'), Buffer.alloc(0)]) {
      const url = put(body, 'image/png')
      const { media } = await attach({ kind: 'image', url })
      for (let turn = 0; turn < 2; turn += 1) assert.equal((await fetch(media.url)).status, 404)
      assert.equal(asked(url), 1, 'a failure is remembered')
    }
    const { media } = await attach({ kind: 'image', url: put(await recording({ seconds: 1 }), 'image/png') })
    assert.equal((await fetch(media.url)).status, 404)
  })

  test('more than the largest picture is not even read to its end', async () => {
    const huge = Buffer.concat([await taggedJpeg(), Buffer.alloc(17 * 1024 * 1024)])
    const { media } = await attach({ kind: 'image', url: put(huge) })
    assert.equal((await fetch(media.url)).status, 404)
  })

  test('knowing the number of an attachment is not enough to see it', async () => {
    const url = put(await taggedJpeg())
    const id = await post({ kind: 'image', url }, { audience: 'followers' })
    const row = await rowOf(id)
    for (const query of ['', '?k=', '?k=AAAAAAAAAAAAAAAAAAAAAA', '?k[]=1'])
      for (const style of ['original', 'small'])
        assert.equal((await fetch(`${world.origin}/media_proxy/${row.id}/${style}${query}`)).status, 404)
    assert.equal(asked(url), 0)
    assert.equal((await fetch(world.house.ctx.urls.mediaProxy(row.id, 'small'))).status, 200)
  })

  test('no parameter makes the proxy fetch anything but what the post names', async () => {
    const url = put(await taggedJpeg())
    const { media } = await attach({ kind: 'image', url })
    const before = remote.asked.length
    const evil = encodeURIComponent(`${remote.url}/secret?x=\r\nHost: evil`)
    const response = await fetch(`${media.url}&format=png&proxy=${evil}&url=${evil}&src=${evil}`)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'image/jpeg')
    assert.equal(remote.asked.length, before + 1)
    assert.equal((await fetch(`${world.origin}/media_proxy/?url=${evil}`)).status, 404)
    assert.equal((await fetch(`${world.origin}/media_proxy/${evil}/original`)).status, 404)
    assert.equal(remote.asked.length, before + 1)
  })

  test('we never fetch from ourselves, not even by way of another server', async () => {
    const own = await attach({ kind: 'image', url: put(await taggedJpeg()) })
    const direct = await attach({ kind: 'image', url: own.media.url })
    assert.equal((await fetch(direct.media.url)).status, 404)
    const spelled = own.media.url.replace('localhost', '127.0.0.1')
    remote.files.set('/round', { redirect: spelled })
    const round = await attach({ kind: 'image', url: `${remote.url}/round` })
    assert.equal((await fetch(round.media.url)).status, 404)
    assert.equal((await fetch(own.media.url)).status, 200)
  })

  test('an avatar of another server has a still version; a missing one shows the stand-in', async () => {
    remote.files.set('/dave.gif', { body: await animation('gif', 4), type: 'image/gif' })
    const account = await alice.api.get(`/api/v1/accounts/${dave}`)
    const still = await fetch(account.avatar_static)
    const moving = await fetch(account.avatar)
    assert.equal(moving.headers.get('content-type'), 'image/gif')
    assert.equal(still.headers.get('content-type'), 'image/png')
    assert.equal(asked(`${remote.url}/dave.gif`), 1)
    const missing = await fetch(account.header)
    assert.equal(missing.status, 404)
    assert.equal(missing.headers.get('content-type'), 'image/png')
    const later = await alice.api.get(`/api/v1/accounts/${dave}`)
    assert.ok(later.avatar.startsWith(`${world.origin}/media/cache/`))
    assert.notEqual(later.avatar, later.avatar_static)
  })

  test('a custom emoji of another server stands still for those who want that', async () => {
    const { ctx } = world.house
    const imageUrl = put(await animation('gif', 3), 'image/gif')
    const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
    const [emoji] = await ctx.store.write((tx) =>
      ensureRemoteEmojis(tx, 'far.test', [{ shortcode: 'party', imageUrl }], at),
    )
    assert.ok(emoji)
    const url = ctx.urls.emojiImage(emoji.id, at.now)
    assert.equal((await fetch(url)).headers.get('content-type'), 'image/gif')
    const still = Buffer.from(await (await fetch(ctx.urls.stillImage(url))).arrayBuffer())
    const { format, pages } = await sharp(still).metadata()
    assert.deepEqual({ format, pages }, { format: 'png', pages: undefined })
  })

  test('the picture of a link preview comes from us too', async () => {
    const { ctx } = world.house
    const card = {
      id: ctx.ids.next(),
      url: 'https://news.test/a',
      image_remote_url: put(await taggedJpeg()),
      created_at: 1,
    }
    await ctx.store.write((tx) => tx.insertInto('cards').values(card).execute())
    const response = await fetch(ctx.urls.cardImage(card.id, 1))
    assert.equal(response.headers.get('content-type'), 'image/jpeg')
  })

  test('nothing is fetched or shown from a server whose media an operator refuses', async () => {
    const { ctx } = world.house
    const id = await addDave('mallory', 'bad.test')
    const url = put(await taggedJpeg())
    const { media } = await attach({ kind: 'image', url }, { authorUri: 'https://bad.test/users/mallory' })
    await setPolicy(ctx, { domain: 'bad.test', rejectMedia: true })
    assert.equal((await fetch(media.url)).status, 404)
    assert.equal((await fetch(`${world.origin}/media_proxy/accounts/${id}/avatar?v=1`)).status, 404)
    assert.deepEqual([asked(url), asked(`${remote.url}/mallory.gif`)], [0, 0])
  })

  test('a copy that somebody looks at is remembered as used', async () => {
    const { ctx } = world.house
    const { id, media } = await attach({ kind: 'image', url: put(await taggedJpeg()) })
    await fetch(media.preview_url)
    const { cached_at: cachedAt, bytes } = await rowOf(id)
    assert.ok((cachedAt ?? 0) > 0 && bytes > 1000)
    await ctx.store.write((tx) =>
      tx.updateTable('media').set({ used_at: 1 }).where('post_id', '=', id).execute(),
    )
    await fetch(media.preview_url)
    await eventually(async () => ((await rowOf(id)).used_at ?? 0) > 1)
  })

  test('a copy that was removed to make room is fetched anew', async () => {
    const { ctx } = world.house
    const url = put(await taggedJpeg())
    const { id, media } = await attach({ kind: 'image', url })
    await fetch(media.url)
    await ctx.store.write((tx) =>
      tx
        .updateTable('media')
        .set({ file_key: null, preview_key: null, cached_at: null })
        .where('post_id', '=', id)
        .execute(),
    )
    assert.equal((await fetch(media.url)).status, 200)
    assert.equal(asked(url), 2)
  })

  test('a stranger cannot make us fetch without end', async () => {
    const limited = await startWorld({ engine, config: { allowPrivate: ['127.0.0.0/8'], rateLimits: true } })
    try {
      const { ctx } = limited.house
      const statuses = new Set<number>()
      const cards = Array.from({ length: 910 }, (_, at) => ({
        id: at + 1,
        url: `https://a.test/${at}`,
        image_remote_url: `${limited.origin}/${at}`,
        created_at: 1,
      }))
      await ctx.store.write((tx) => tx.insertInto('cards').values(cards).execute())
      for (const card of cards) statuses.add((await fetch(ctx.urls.cardImage(card.id, 1))).status)
      assert.deepEqual([...statuses], [404, 429])
    } finally {
      await limited.stop()
    }
  })
})

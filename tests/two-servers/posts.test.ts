// Promises about what a post carries to another server: pictures, polls, warnings, tags, emojis, edits, pins, its end.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, copyOf, find, follow, inHome, notified, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  let alice: Citizen
  let bob: Citizen
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'] })
    ;[a, b] = worlds.servers as [Server, Server]
    alice = await a.account('alice')
    bob = await b.account('bob')
    await follow(bob, alice)
  })
  after(() => worlds.stop())

  const post = (status: string, more: object = {}): Promise<Json> =>
    alice.api.post('/api/v1/statuses', { status, ...more })
  const seenByBob = (id: string): Promise<Json> => bob.api.get(`/api/v1/statuses/${id}`)
  const get = (url: string): Promise<Response> => {
    const { pathname, search, host } = new URL(url)
    assert.equal(host, 'b.test', `${url} is served by the reader's own server`)
    return fetch(b.local + pathname + search)
  }

  test('a picture arrives with its description and focal point, and comes from the reader’s own server', async () => {
    const bytes = await sharp({
      create: { width: 320, height: 200, channels: 3, background: '#2a6' },
    })
      .png()
      .toBuffer()
    const form = new FormData()
    form.set('file', new File([new Uint8Array(bytes)], 'green.png', { type: 'image/png' }))
    form.set('description', 'A green field')
    form.set('focus', '0.25,-0.5')
    const media = await alice.api.post('/api/v2/media', form)
    await post('a picture of home', { media_ids: [media.id] })
    const { media_attachments: seen } = await arrives(bob, 'a picture of home')
    assert.equal(seen.length, 1)
    assert.equal(seen[0].type, 'image')
    assert.equal(seen[0].description, 'A green field')
    assert.deepEqual(seen[0].meta.focus, { x: 0.25, y: -0.5 })
    assert.equal(seen[0].blurhash, media.blurhash)
    assert.equal(new URL(seen[0].remote_url).host, 'a.test')
    for (const url of [seen[0].url, seen[0].preview_url]) {
      const answer = await get(url)
      assert.equal(answer.status, 200)
      const { width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      assert.equal(width, 320)
    }
  })

  test('a poll is voted on across servers, each voter counts once, and all see the same result', async () => {
    const poll = { options: ['tea', 'coffee', 'water'], expires_in: 3600 }
    const mine = await post('what do you drink?', { poll })
    const { poll: theirs, id } = await arrives(bob, 'what do you drink?')
    assert.deepEqual(
      theirs.options.map((one: Json) => one.title),
      ['tea', 'coffee', 'water'],
    )
    assert.equal((await bob.api.post(`/api/v1/polls/${theirs.id}/votes`, { choices: [1] })).voted, true)
    assert.equal(await bob.api.status('POST', `/api/v1/polls/${theirs.id}/votes`, { choices: [2] }), 422)
    const neighbour = await a.account('neighbour')
    await neighbour.api.post(`/api/v1/polls/${mine.poll.id}/votes`, { choices: [0] })
    const counts = (one: Json): number[] => one.options.map((option: Json) => option.votes_count)
    await until('the votes at home', async () => {
      const { poll: now } = await alice.api.get(`/api/v1/statuses/${mine.id}`)
      return now.votes_count === 2 && assert.deepEqual(counts(now), [1, 1, 0]) === undefined
    })
    worlds.pass(5 * 60_000)
    await worlds.settle()
    await until(
      'the counts on the other side',
      async () => counts((await seenByBob(id)).poll).join() === '1,1,0',
    )
    worlds.pass(3600_000)
    await worlds.settle()
    await until('the end', async () => (await seenByBob(id)).poll.expired)
    await notified(bob, 'poll', ({ status }) => status.id === id)
  })

  test('a content warning, a language and hashtags arrive as they were meant', async () => {
    await post('details about #Gardening and #apples', { spoiler_text: 'Fruit', language: 'sv' })
    const seen = await arrives(bob, 'details about')
    assert.equal(seen.spoiler_text, 'Fruit')
    assert.equal(seen.sensitive, true)
    assert.equal(seen.language, 'sv')
    assert.deepEqual(seen.tags.map((tag: Json) => tag.name).toSorted(), ['apples', 'gardening'])
    for (const { url } of seen.tags) assert.equal(new URL(url).host, 'b.test')
    const tagged: Json[] = await bob.api.get('/api/v1/timelines/tag/gardening')
    assert.deepEqual(
      tagged.map((one) => one.id),
      [seen.id],
    )
  })

  test('a custom emoji arrives with the post, its picture from the reader’s own server', async () => {
    await a.house.ctx.store.write(async (tx) => {
      const emoji = { id: 77, shortcode: 'blobcat', remote_url: null, created_at: 1, updated_at: 1 }
      await tx
        .insertInto('custom_emojis')
        .values({ ...emoji, file_key: 'emoji/blobcat.png' })
        .execute()
    })
    await post('look :blobcat: there')
    const seen = await arrives(bob, 'look :blobcat: there')
    assert.equal(seen.emojis.length, 1)
    assert.equal(seen.emojis[0].shortcode, 'blobcat')
    assert.equal(new URL(seen.emojis[0].url).host, 'b.test')
  })

  test('an edit changes the copies too, keeps their history, and is announced to who boosted', async () => {
    const mine = await post('first wording')
    const { id } = await arrives(bob, 'first wording')
    await bob.api.post(`/api/v1/statuses/${id}/reblog`)
    await until(
      'the boost',
      async () => (await alice.api.get(`/api/v1/statuses/${mine.id}`)).reblogs_count === 1,
    )
    for (const status of ['second wording', 'third wording'])
      await alice.api.put(`/api/v1/statuses/${mine.id}`, { status })
    await until('the edit', async () => (await seenByBob(id)).content.includes('third wording'))
    assert.ok((await seenByBob(id)).edited_at)
    const history: Json[] = await bob.api.get(`/api/v1/statuses/${id}/history`)
    assert.match(history[0].content, /first wording/)
    assert.match(history.at(-1).content, /third wording/)
    await notified(bob, 'update', ({ status }) => status.id === id)
  })

  test('a deleted post is gone on the other side, and cannot be looked up again', async () => {
    const mine = await post('soon gone')
    const { id } = await arrives(bob, 'soon gone')
    await alice.api.delete(`/api/v1/statuses/${mine.id}`)
    await until('the deletion', async () => (await bob.api.status('GET', `/api/v1/statuses/${id}`)) === 404)
    assert.equal(await inHome(bob, 'soon gone'), undefined)
    assert.equal(await copyOf(bob, mine.uri), undefined)
    const answer = await fetch(a.local + new URL(mine.uri).pathname, {
      headers: { accept: 'application/activity+json' },
    })
    assert.equal(answer.status, 410)
    const left: Json = await answer.json()
    assert.equal(left.type, 'Tombstone')
  })

  test('a pinned post stands on the profile on the other server, until it is unpinned', async () => {
    const mine = await post('what I stand for')
    const { id } = await arrives(bob, 'what I stand for')
    const profile = await find(bob, alice)
    const pinned = async (): Promise<string[]> =>
      (await bob.api.get(`/api/v1/accounts/${profile.id}/statuses?pinned=true`)).map((one: Json) => one.id)
    await alice.api.post(`/api/v1/statuses/${mine.id}/pin`)
    await until('the pin', async () => (await pinned()).includes(id))
    await alice.api.post(`/api/v1/statuses/${mine.id}/unpin`)
    await until('the end of the pin', async () => !(await pinned()).includes(id))
  })

  test('what was pinned and posted before anybody followed is there when the profile is first opened', async () => {
    const writer = await a.account('writer')
    const older = await writer.api.post('/api/v1/statuses', { status: 'an older post' })
    await writer.api.post(`/api/v1/statuses/${older.id}/pin`)
    await writer.api.post('/api/v1/statuses', { status: 'a newer post' })
    const { id } = await find(bob, writer)
    await bob.api.get(`/api/v1/accounts/${id}`)
    await until('the latest posts', async () => {
      const texts = (await bob.api.get(`/api/v1/accounts/${id}/statuses`)).map((one: Json) => one.content)
      return texts.length === 2
    })
    await until('the pinned one', async () => {
      const list: Json[] = await bob.api.get(`/api/v1/accounts/${id}/statuses?pinned=true`)
      return list[0]?.content.includes('an older post')
    })
    assert.equal((await bob.api.get(`/api/v1/accounts/${id}`)).statuses_count, 2)
  })
})

// Promises to moderators about what comes from other servers: emojis are copied, copies of media go and come again, and what a suspended account left is removed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, find, follow, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

const ADMIN = '/api/v1/admin'
const DAY = 86_400_000
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  let boss: Citizen
  let alice: Citizen
  let bob: Citizen
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'] })
    ;[a, b] = worlds.servers as [Server, Server]
    boss = await a.account('boss', { role: 'owner' })
    alice = await a.account('alice')
    bob = await b.account('bob', { role: 'owner' })
    await follow(alice, bob)
  })
  after(() => worlds.stop())

  const open = (server: Server, url: string): Promise<Response> =>
    fetch(server.local + new URL(url).pathname + new URL(url).search)

  test('an emoji of another server becomes one of ours, with a picture of our own', async () => {
    const form = new FormData()
    form.set('shortcode', 'heron')
    form.set('image', new Blob([PNG]), 'heron.png')
    await bob.api.post(`${ADMIN}/custom_emojis`, form)
    await bob.api.post('/api/v1/statuses', { status: 'Look :heron: there' })
    await arrives(alice, 'Look :heron: there')
    const [foreign] = await boss.api.get(`${ADMIN}/custom_emojis?remote=true&q=heron`)
    assert.equal(foreign.domain, 'b.test')
    const own = await boss.api.post(`${ADMIN}/custom_emojis/${foreign.id}/copy`, { category: 'Birds' })
    assert.deepEqual([own.shortcode, own.domain, own.category], ['heron', null, 'Birds'])
    assert.equal(await boss.api.status('POST', `${ADMIN}/custom_emojis/${foreign.id}/copy`), 409, 'once')
    const shown = await alice.api.post('/api/v1/statuses', { status: 'Ours :heron: too' })
    assert.equal(shown.emojis[0].shortcode, 'heron')
    assert.equal((await open(a, shown.emojis[0].url)).status, 200)
  })

  test('copies of media are cleared on request, their files with them, and come again when looked at', async () => {
    const form = new FormData()
    form.set('file', new File([PNG], 'dot.png', { type: 'image/png' }))
    const { id } = await bob.api.post('/api/v2/media', form)
    await bob.api.post('/api/v1/statuses', { status: 'A picture to keep', media_ids: [id] })
    const arrived = await arrives(alice, 'A picture to keep')
    const url = arrived.media_attachments[0].url
    assert.equal((await open(a, url)).status, 200)
    const keysOf = async (): Promise<(string | null)[]> => {
      const db = a.house.ctx.store.read
      const row = await db
        .selectFrom('media')
        .select(['file_key', 'preview_key'])
        .where('id', '=', Number(arrived.media_attachments[0].id))
        .executeTakeFirstOrThrow()
      return [row.file_key, row.preview_key].filter((key) => key !== null)
    }
    await until('the copy is kept', async () => (await keysOf()).length > 0)
    const keys = await keysOf()
    const isThere = async (key: string | null): Promise<boolean> =>
      (await open(a, `${a.origin}/media/${key}`)).status === 200
    for (const key of keys) assert.equal(await isThere(key), true)
    const before = await boss.api.get(`${ADMIN}/storage`)
    assert.ok(before.cached_files > 0)
    worlds.pass(1000)
    await boss.api.post(`${ADMIN}/storage/purge`, { days: 0 })
    await worlds.settle()
    assert.deepEqual(await keysOf(), [])
    for (const key of keys) assert.equal(await isThere(key), false)
    assert.equal((await boss.api.get(`${ADMIN}/storage`)).cached_files, 0)
    assert.equal((await open(a, url)).status, 200, 'it is fetched again')
  })

  test('what a suspended account of another server left goes after thirty days, and there alone', async () => {
    const words = 'What I leave behind'
    const theirs = await bob.api.post('/api/v1/statuses', { status: words })
    const { id } = await arrives(alice, words)
    const reply = await alice.api.post('/api/v1/statuses', {
      status: '@bob@b.test I answer',
      in_reply_to_id: id,
    })
    const seen = await find(alice, bob)
    const countOf = async (): Promise<number> => {
      const rows = a.house.ctx.store.read.selectFrom('posts').select('id')
      return (await rows.where('account_id', '=', Number(seen.id)).execute()).length
    }
    assert.ok((await countOf()) > 0)
    await boss.api.post(`${ADMIN}/accounts/${seen.id}/action`, { type: 'suspend' })
    await worlds.settle()
    assert.equal(await alice.api.status('GET', `/api/v1/statuses/${id}`), 404)
    assert.ok((await countOf()) > 0, 'it could still be taken back')
    worlds.pass(32 * DAY)
    await worlds.settle()
    await until('the posts are gone', async () => (await countOf()) === 0)
    const shown: Json = await boss.api.get(`${ADMIN}/accounts/${seen.id}`)
    assert.equal(shown.suspended, true, 'the account stays known as suspended')
    assert.equal((await alice.api.get(`/api/v1/statuses/${reply.id}`)).id, reply.id)
    assert.equal((await bob.api.get(`/api/v1/statuses/${theirs.id}`)).id, theirs.id)
    await bob.api.post('/api/v1/statuses', { status: '@alice@a.test Still me' })
    await worlds.settle()
    assert.equal(await countOf(), 0, 'nothing comes anew')
  })
})

// Promises about the archive of everything: it is whole, made in the background, and only its owner's.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { runTask } from '../../src/domain/janitor/run-task.ts'
import { janitorTasks } from '../../src/domain/janitor/tasks.ts'
import { createBlobs } from '../../src/platform/blobs.ts'
import type { Json } from '../api-client.ts'
import { createBrowser } from '../browser.ts'
import type { Browser } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const PASSWORD = 'correct horse battery'
const DAY = 86_400_000
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function unpack(bytes: ArrayBuffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const tar = Readable.from([Buffer.from(bytes)])
    .pipe(createGunzip())
    .pipe(extract())
  for await (const entry of tar)
    files.set(entry.header.name, Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Buffer>)))
  return files
}

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let ann: Person
  let ben: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 10) } })
    ann = await world.account('ann', { password: PASSWORD })
    ben = await world.account('ben', { password: PASSWORD })
  })
  after(() => world.stop())

  const signIn = async (login: string): Promise<Browser> => {
    const browser = createBrowser(world.origin)
    const page = await browser.send('/auth/sign_in', { login, password: PASSWORD })
    assert.equal(page.status, 303)
    return browser
  }
  const fetchAs = (browser: Browser, url: string): Promise<Response> =>
    fetch(url, {
      headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    })

  test(`${engine}: an archive holds profile, posts of every audience, lists and files, and nobody else can fetch it`, async () => {
    const form = new FormData()
    form.set('file', new Blob([PICTURE], { type: 'image/png' }), 'dot.png')
    form.set('description', 'A dot')
    const media = await (
      await fetch(`${world.origin}/api/v2/media`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ann.token}` },
        body: form,
      })
    ).json()
    await ann.api.post('/api/v1/statuses', { status: 'with a picture', media_ids: [media.id] })
    await ann.api.post('/api/v1/statuses', { status: '@ben between us', visibility: 'direct' })
    for (let count = 0; count < 105; count += 1)
      await ann.api.post('/api/v1/statuses', { status: `number ${count}`, visibility: 'private' })
    const theirs = await ben.api.post('/api/v1/statuses', { status: 'by ben' })
    await ann.api.post(`/api/v1/statuses/${theirs.id}/reblog`)
    await ann.api.post(`/api/v1/statuses/${theirs.id}/favourite`)
    await ann.api.post(`/api/v1/statuses/${theirs.id}/bookmark`)
    await ann.api.post(`/api/v1/accounts/${ben.id}/follow`)
    await ben.api.post(`/api/v1/accounts/${ann.id}/follow`)
    await world.settle()

    assert.deepEqual(await ann.api.get('/api/v1/archives'), [])
    const asked = await ann.api.post('/api/v1/archives', {})
    assert.deepEqual([asked.state, asked.url], ['making', null])
    assert.equal(await ann.api.status('POST', '/api/v1/archives', {}), 429)
    await world.settle()
    const [ready] = await ann.api.get('/api/v1/archives')
    assert.equal(ready.state, 'ready')
    assert.deepEqual([ready.total, ready.done], [109, 109])

    const file = await fetchAs(await signIn('ann'), ready.url)
    assert.equal(file.status, 200)
    assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename="archive-2026-01-05/)
    const bytes = await file.arrayBuffer()
    assert.equal(bytes.byteLength, ready.size)
    const files = await unpack(bytes)
    const read = (name: string): Json => JSON.parse(files.get(name)?.toString() ?? 'null')
    assert.equal(read('actor.json').preferredUsername, 'ann')
    const outbox = read('outbox.json')
    assert.equal(outbox.totalItems, 108)
    assert.equal(outbox.orderedItems.length, 108)
    const said = JSON.stringify(outbox)
    for (const words of ['with a picture', 'between us', 'number 0<', 'number 104<', '"Announce"', 'A dot'])
      assert.ok(said.includes(words), words)
    assert.deepEqual(read('likes.json').orderedItems, [theirs.uri])
    assert.deepEqual(read('bookmarks.json').orderedItems, [theirs.uri])
    assert.equal(read('followers.json').totalItems, 1)
    assert.match(files.get('follows.csv')?.toString() ?? '', /^ben@/m)
    const attachment = outbox.orderedItems[0].object.attachment[0].url as string
    const kept = files.get(attachment.slice(attachment.indexOf('/media/') + '/media/'.length))
    assert.ok(kept && kept.length > 0, `the file of ${attachment} in ${[...files.keys()].join(' ')}`)

    assert.equal((await fetchAs(await signIn('ben'), ready.url)).status, 404)
    assert.equal((await fetchAs(createBrowser(world.origin), ready.url)).status, 303)
    const key = (
      await world.house.ctx.store.read.selectFrom('archives').select('file_key').executeTakeFirstOrThrow()
    ).file_key
    assert.equal((await fetch(`${world.origin}/media/${key}`)).status, 404)
  })

  test(`${engine}: it runs out after a week, its file goes, and another may be asked for`, async () => {
    const [ready] = await ann.api.get('/api/v1/archives')
    now += 8 * DAY
    assert.deepEqual(await ann.api.get('/api/v1/archives'), [])
    const session = await signIn('ann')
    assert.equal((await fetchAs(session, ready.url)).status, 404)
    const next = await ann.api.post('/api/v1/archives', {})
    assert.notEqual(next.id, ready.id)
    await world.settle()
    assert.equal((await ann.api.get('/api/v1/archives'))[0].state, 'ready')

    const files = createBlobs(world.house.config)
    const kept = async (): Promise<string[]> =>
      (await Array.fromAsync(files.list('archives/'))).map(({ key }) => key)
    assert.equal((await kept()).length, 2)
    // Files bear the time of the machine.
    now = Date.now() + 9 * DAY
    const broom = { ctx: world.house.ctx, files, retention: world.house.config.retention }
    for (const task of janitorTasks) await runTask(broom, task)
    assert.deepEqual(await kept(), [])
  })
})

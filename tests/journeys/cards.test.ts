// Promises about link previews: pages are read once, later, and only in words.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

const page = (head: string): string =>
  `<!doctype html><html lang="de-DE"><head>${head}</head><body>x</body></html>`

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let alice: Person
  let bob: Person
  let web: Server
  let origin: string
  const asked: string[] = []
  const pages: Record<string, { type?: string; body: string }> = {}
  before(async () => {
    web = createServer((request, response) => {
      asked.push(request.url ?? '')
      const found = pages[request.url ?? '']
      if (!found) return void response.writeHead(404).end('<title>not here</title>')
      response.writeHead(200, { 'content-type': found.type ?? 'text/html; charset=utf-8' }).end(found.body)
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const { port } = web.address() as AddressInfo
    origin = 'http://paper.test'
    const outgoing = { hosts: { 'paper.test': { address: '127.0.0.1', port } } }
    const config = { allowPrivate: ['127.0.0.0/8'] }
    world = await startWorld({ engine, config, outgoing, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
  })
  after(async () => {
    await world.stop()
    web.closeAllConnections()
    web.close()
  })

  const post = async (person: Person, status: string, more: object = {}): Promise<Json> => {
    const made = await person.api.post('/api/v1/statuses', { status, ...more })
    await world.settle()
    return made
  }
  /** What was put off happens, and then what waited for that. */
  const later = async (ms: number = MINUTE): Promise<void> => {
    for (const step of [0, ms, MINUTE]) {
      now += step
      await world.settle()
    }
  }
  const read = (status: Json): Promise<Json> => bob.api.get(`/api/v1/statuses/${status.id}`)
  const cardOf = (status: Json): Promise<Json> =>
    eventually(async () => (await read(status)).card ?? undefined)

  test('a page is previewed a little later, in its own words and never with its HTML', async () => {
    pages['/story'] = {
      body: page(`<meta property="og:title" content="A &lt;b&gt;story&lt;/b&gt;">
        <meta property="og:description" content="What happened"><meta property="og:site_name" content="The Paper">
        <meta property="og:image" content="/picture.png"><meta property="og:image:alt" content="A tree">
        <meta property="article:published_time" content="2026-01-02T03:04:05+01:00">
        <link rel="alternate" type="application/json+oembed" href="/oembed.json">`),
    }
    pages['/oembed.json'] = {
      type: 'application/json',
      body: JSON.stringify({
        type: 'video',
        html: '<script>alert(1)</script>',
        author_name: 'Jo',
        author_url: 'javascript:alert(1)',
        provider_name: 'Paper Inc',
        provider_url: 'https://paper.test/',
      }),
    }
    const status = await post(alice, `read ${origin}/story#middle please @bob`)
    assert.equal(status.card, null)
    assert.deepEqual(asked, [])
    await later()
    const card = await cardOf(status)
    assert.equal(card.url, `${origin}/story`)
    assert.deepEqual([card.title, card.description], ['A <b>story</b>', 'What happened'])
    assert.deepEqual([card.author_name, card.author_url], ['Jo', ''])
    assert.deepEqual([card.provider_name, card.provider_url], ['Paper Inc', 'https://paper.test/'])
    assert.deepEqual([card.html, card.embed_url, card.type], ['', '', 'link'])
    assert.deepEqual([card.language, card.image_description], ['de', 'A tree'])
    assert.equal(card.published_at, '2026-01-02T02:04:05.000Z')
    assert.ok(card.image.startsWith(`${world.house.config.origin}/media_proxy/cards/`))
  })

  test('a page names the account that wrote it, where that account names the site too', async () => {
    const domain = world.house.config.domain
    const carol = await world.account('carol')
    await carol.api.patch('/api/v1/accounts/update_credentials', { attribution_domains: ['paper.test'] })
    for (const [path, name] of [
      ['/by-carol', 'carol'],
      ['/by-alice', 'alice'],
      ['/by-nobody', 'nobody'],
    ] as const)
      pages[path] = {
        body: page(`<title>By ${name}</title><meta name="fediverse:creator" content="@${name}@${domain}">
          <meta name="author" content="Somebody">`),
      }
    const mine = await post(bob, `${origin}/by-carol`)
    const claimed = await post(bob, `${origin}/by-alice`)
    const unknown = await post(bob, `${origin}/by-nobody`)
    await later()
    const [author] = (await cardOf(mine)).authors
    assert.deepEqual([author.account.acct, author.url], ['carol', `${world.house.config.origin}/@carol`])
    for (const status of [claimed, unknown])
      assert.deepEqual(
        (await cardOf(status)).authors.map((one: Json) => one.account),
        [null],
      )
  })

  test('a page is read once for all who link to it, and anew after a week', async () => {
    asked.length = 0
    pages['/often'] = { body: page('<title>Often</title>') }
    const all = []
    for (const person of [alice, bob, alice]) all.push(await post(person, `see ${origin}/often`))
    await later()
    for (const status of all) assert.equal((await cardOf(status)).title, 'Often')
    assert.deepEqual(asked, ['/often'])
    pages['/often'] = { body: page('<title>Changed</title>') }
    await later(8 * DAY)
    const fresh = await post(bob, `again ${origin}/often`)
    await post(alice, `me too ${origin}/often`)
    await later()
    await eventually(async () => (await read(fresh)).card?.title === 'Changed')
    assert.deepEqual(asked, ['/often', '/often'])
  })

  test('links shared by several people trend', async () => {
    await later(15 * MINUTE)
    await later(15 * MINUTE)
    const links = await world.client().get('/api/v1/trends/links')
    assert.equal(links[0].title, 'Changed')
    assert.equal(links[0].history.length, 7)
    const path = `/api/v1/timelines/link?url=${encodeURIComponent(`${origin}/often`)}`
    assert.ok((await world.client().get(path)).length >= 2)
    assert.equal(await world.client().status('GET', `/api/v1/timelines/link?url=${origin}/story`), 404)
  })

  test('an edit takes the preview of what is no longer linked away', async () => {
    pages['/first'] = { body: page('<title>First</title>') }
    pages['/second'] = { body: page('<title>Second</title>') }
    const status = await post(alice, `one ${origin}/first two ${origin}/second`)
    await later()
    assert.equal((await cardOf(status)).title, 'First')
    await alice.api.put(`/api/v1/statuses/${status.id}`, { status: `only ${origin}/second` })
    await later()
    await eventually(async () => (await read(status)).card?.title === 'Second')
    await alice.api.put(`/api/v1/statuses/${status.id}`, { status: 'no link' })
    await later()
    await eventually(async () => (await read(status)).card === null)
  })

  test('what is no page, says nothing, or is not there has no preview', async () => {
    pages['/file'] = { type: 'application/octet-stream', body: '<title>File</title>' }
    pages['/mute'] = { body: page('') }
    const statuses = []
    for (const path of ['/file', '/mute', '/missing'])
      statuses.push(await post(alice, `see ${origin}${path}`))
    asked.length = 0
    await later()
    await eventually(() => asked.length >= 3)
    await world.settle()
    for (const status of statuses) assert.equal((await read(status)).card, null)
    await post(bob, `see ${origin}/missing`)
    await later()
    assert.equal(asked.filter((path) => path === '/missing').length, 1)
  })

  test('our own pages, mentions, hashtags and servers that operators suspended are not read', async () => {
    await setPolicy(world.house.ctx, { domain: 'evil.test', severity: 'suspend' })
    asked.length = 0
    await post(alice, `@bob #tag ${world.house.config.origin}/@bob`)
    const status = await post(alice, 'see https://evil.test/page')
    await later()
    assert.deepEqual(asked, [])
    assert.equal((await read(status)).card, null)
  })

  test('a flood of links is read at a walk', async () => {
    asked.length = 0
    for (let index = 0; index < 70; index += 1) {
      pages[`/flood/${index}`] = { body: page(`<title>Page ${index}</title>`) }
      await alice.api.post('/api/v1/statuses', { status: `see ${origin}/flood/${index}` })
    }
    await world.settle()
    now += MINUTE
    await world.settle()
    assert.ok(asked.length <= 60, `${asked.length} pages were read at once`)
    await later(2 * MINUTE)
    await eventually(() => asked.length === 70)
  })
})

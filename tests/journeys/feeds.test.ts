// Promises about Atom and RSS: what everybody may read can be read in a feed reader, and nothing else can.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

type Atom = ReturnType<typeof parseAtomFeed>

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let alice: Person
  let bob: Person
  let pictured: Json
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1000) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    await alice.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Alice & <co>',
      note: 'Gardens',
    })
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await onePixel())], { type: 'image/png' }), 'beans.png')
    form.set('description', 'Beans "in" a <row>')
    const media = await alice.api.post('/api/v2/media', form)
    pictured = await alice.api.post('/api/v1/statuses', {
      status: 'Beans are up & <b>green</b> ]]> #garden',
      language: 'en',
      media_ids: [media.id],
    })
    await alice.api.post('/api/v1/statuses', { status: 'slugs everywhere', spoiler_text: 'horror #garden' })
    for (const visibility of ['private', 'direct'])
      await alice.api.post('/api/v1/statuses', { status: 'secret beans #garden', visibility })
    const quiet = await bob.api.post('/api/v1/statuses', { status: 'quiet #garden', visibility: 'unlisted' })
    await alice.api.post('/api/v1/statuses', { status: 'an answer', in_reply_to_id: quiet.id })
    await alice.api.post(`/api/v1/statuses/${quiet.id}/reblog`)
    await world.settle()
  })
  after(() => world.stop())

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${world.origin}${path}`, { headers })

  test('a profile is an Atom feed with the posts for everybody, their pictures and their descriptions', async () => {
    const answer = await ask('/@alice.atom')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
    const text = await answer.text()
    assert.ok(!/secret|slugs|an answer|quiet/.test(text), text)
    const feed = parseAtomFeed(text)
    assert.equal(feed.title?.value, 'Alice & <co>')
    assert.deepEqual(
      feed.links?.map((link) => [link.rel, link.href]),
      [
        ['self', `${world.origin}/@alice.atom`],
        ['alternate', `${world.origin}/@alice`],
      ],
    )
    const [warned, first] = feed.entries ?? []
    assert.equal(feed.entries?.length, 2)
    assert.ok(first && warned)
    assert.equal(warned.title?.value, 'horror #garden')
    assert.equal(first.id, pictured.uri)
    assert.match(first.title?.value ?? '', /^Beans are up & <b>green<\/b> \]\]>/)
    assert.match(first.content?.value ?? '', /\]\]&gt;/)
    const enclosure = first.links?.find((link) => link.rel === 'enclosure')
    assert.equal(enclosure?.href, pictured.media_attachments[0].url)
    assert.ok((enclosure?.length ?? 0) > 0)
    assert.equal(first.media?.contents?.[0]?.description?.value, 'Beans "in" a <row>')
    assert.ok((await fetch(enclosure?.href ?? '')).ok)
  })

  test('the same can be had as RSS, with an enclosure', async () => {
    const answer = await ask('/@alice.rss')
    assert.equal(answer.headers.get('content-type'), 'application/rss+xml; charset=utf-8')
    const feed = parseRssFeed(await answer.text())
    assert.equal(feed.link, `${world.origin}/@alice`)
    const item = feed.items?.[1]
    assert.equal(item?.guid?.value, pictured.uri)
    assert.equal(item?.guid?.isPermaLink, false)
    assert.equal(item?.link, pictured.url)
    assert.equal(item?.enclosures?.[0]?.url, pictured.media_attachments[0].url)
  })

  test('a hashtag is a feed of the public posts with it, whatever its case', async () => {
    for (const path of ['/tags/garden.atom', '/tags/GARDEN.atom']) {
      const feed = parseAtomFeed(await (await ask(path)).text())
      assert.deepEqual(
        feed.entries?.map((entry) => entry.id),
        [pictured.uri],
      )
      assert.deepEqual(feed.entries?.[0]?.authors?.[0], {
        name: 'Alice & <co>',
        uri: `${world.origin}/@alice`,
      })
    }
    assert.equal((await ask('/tags/garden.rss')).status, 200)
  })

  test('whoever asks again is told that nothing is new', async () => {
    const first = await ask('/@alice.atom')
    const tag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    assert.match(first.headers.get('cache-control') ?? '', /public, max-age=\d+/)
    assert.equal(first.headers.get('vary'), 'Accept-Encoding')
    for (const known of [{ 'if-none-match': `"x", W/${tag}` }, { 'if-modified-since': modified }])
      assert.equal((await ask('/@alice.atom', known)).status, 304)
    const stale = { 'if-none-match': '"x"', 'if-modified-since': modified }
    assert.equal((await ask('/@alice.atom', stale)).status, 200)
  })

  test('older posts are a page further, until there are none', async () => {
    const carol = await world.account('carol')
    for (let index = 0; index < 25; index += 1)
      await carol.api.post('/api/v1/statuses', { status: `post ${index}` })
    const seen: string[] = []
    let next = `${world.origin}/@carol.atom`
    while (next !== '') {
      const feed: Atom = parseAtomFeed(await (await fetch(next)).text())
      seen.push(...(feed.entries ?? []).map((entry) => entry.title?.value ?? ''))
      next = feed.links?.find((link) => link.rel === 'next')?.href ?? ''
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 25 }, (_, index) => `post ${24 - index}`),
    )
  })

  test('people who do not want feeds, or are not let in, have none; nor have strangers', async () => {
    const dora = await world.account('dora')
    await dora.api.post('/api/v1/statuses', { status: 'hello' })
    const account = await dora.api.patch('/api/v1/accounts/update_credentials', { feeds: false })
    assert.equal(account.feeds, false)
    await world.account('eve', { confirmed: false })
    const nobody = await (await ask('/@nobody.atom')).text()
    for (const path of ['/@dora.atom', '/@dora.rss', '/@eve.atom', '/@nobody.rss', '/@alice.atom.atom']) {
      const answer = await ask(path)
      assert.equal(answer.status, 404, path)
      assert.equal(await answer.text(), nobody)
    }
    assert.equal((await ask('/tags/%23%23.atom')).status, 404)
  })
})

async function onePixel(): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#4a8fd0' } })
    .png()
    .toBuffer()
}

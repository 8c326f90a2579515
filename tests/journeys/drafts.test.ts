// Promises about drafts and posts for later: what was written is kept whole, with its media, until it is published.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { runTasks } from '../../src/domain/janitor/run-task.ts'
import { janitorTasks } from '../../src/domain/janitor/tasks.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let alice: Person
  let bob: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
  })
  after(() => world.stop())

  async function upload(person: Person): Promise<Json> {
    const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#48c' } })
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await image.png().toBuffer())], { type: 'image/png' }), 'a.png')
    form.set('description', 'a blue field')
    return person.api.post('/api/v2/media', form)
  }
  /** Housekeeping, as it happens every night. */
  async function sweep(): Promise<void> {
    const files = { delete: () => Promise.resolve(), async *list() {} }
    const retention = { mediaCacheDays: 14, mediaCacheBytes: 1_000_000, remotePostDays: 90 }
    await runTasks({ ctx: world.house.ctx, files, retention }, janitorTasks, () => undefined)
  }
  const latest = async (person: Person): Promise<Json> => {
    await world.settle()
    return (await person.api.get(`/api/v1/accounts/${person.id}/statuses?limit=1`))[0]
  }

  test('a draft keeps a whole thread with its media, on whichever device one goes on', async () => {
    const media = await upload(alice)
    const poll = { options: ['tea', ''], expires_in: 3600, multiple: true, hide_totals: true }
    const made = await alice.api.post('/api/v1/drafts', {
      posts: [
        { text: 'first', spoiler_text: 'soup', media_ids: [media.id], sensitive: true },
        { text: '', poll },
      ],
      visibility: 'unlisted',
      language: 'de',
      content_type: 'text/markdown',
      local_only: true,
      quote_approval_policy: 'followers',
    })
    const shown = await alice.api.get(`/api/v1/drafts/${made.id}`)
    assert.deepEqual(shown, made)
    const [first, second] = shown.posts
    assert.deepEqual([first.text, first.spoiler_text, first.sensitive], ['first', 'soup', true])
    assert.deepEqual(first.media_attachments[0].description, 'a blue field')
    assert.deepEqual(second.poll, poll, 'with the choice that is still blank')
    assert.deepEqual(
      [shown.visibility, shown.language, shown.content_type, shown.local_only, shown.quote_approval_policy],
      ['unlisted', 'de', 'text/markdown', true, 'followers'],
    )
    assert.equal(await bob.api.status('GET', `/api/v1/drafts/${made.id}`), 404)
    assert.equal(await bob.api.status('PUT', `/api/v1/drafts/${made.id}`, { posts: [{ text: '' }] }), 404)
    assert.equal(await bob.api.status('DELETE', `/api/v1/drafts/${made.id}`), 404)
    assert.deepEqual(await bob.api.get('/api/v1/drafts'), [])
    now += 40 * DAY
    await sweep()
    const later = await alice.api.get(`/api/v1/drafts/${made.id}`)
    assert.equal(later.posts[0].media_attachments.length, 1, 'media of drafts are not thrown away')
    await alice.api.delete(`/api/v1/drafts/${made.id}`)
    assert.deepEqual(await alice.api.get('/api/v1/drafts'), [])
  })

  test('two devices do not overwrite each other unawares', async () => {
    const made = await alice.api.post('/api/v1/drafts', { posts: [{ text: 'one' }] })
    const path = `/api/v1/drafts/${made.id}`
    const change = { posts: [{ text: 'two' }], updated_at: made.updated_at }
    assert.equal((await alice.api.put(path, change)).posts[0].text, 'two')
    assert.equal(await alice.api.status('PUT', path, { ...change, posts: [{ text: 'three' }] }), 409)
    assert.equal((await alice.api.get(path)).posts[0].text, 'two')
    await alice.api.delete(path)
  })

  test('drafts have limits, and bad ones get a sentence', async () => {
    const path = '/api/v1/drafts'
    assert.equal(await alice.api.status('POST', path, {}), 422)
    assert.equal(
      await alice.api.status('POST', path, { posts: Array.from({ length: 30 }, () => ({ text: 'x' })) }),
      422,
    )
    assert.equal(await alice.api.status('POST', path, { posts: [{ text: 'x', media_ids: ['99'] }] }), 422)
    assert.equal(await alice.api.status('POST', path, { posts: [{ text: 'x' }], visibility: 'nobody' }), 422)
    const huge = Array.from({ length: 3 }, () => ({ text: 'x'.repeat(90_000) }))
    assert.equal(await alice.api.status('POST', path, { posts: huge }), 422)
    const others = await upload(bob)
    assert.equal(
      await alice.api.status('POST', path, { posts: [{ text: 'x', media_ids: [others.id] }] }),
      422,
    )
    for (let index = 0; index < 100; index += 1)
      await alice.api.post(path, { posts: [{ text: `number ${index}` }] })
    assert.equal(await alice.api.status('POST', path, { posts: [{ text: 'one more' }] }), 422)
    const page = await alice.api.page(`${path}?limit=40`)
    assert.equal((await alice.api.page(page.next ?? '')).body.length, 40)
    for (let list = page.body; list.length > 0; list = await alice.api.get(path))
      for (const one of list) await alice.api.delete(`${path}/${one.id}`)
  })

  test('a post for later goes to its circle with its picture, can be rewritten, and be sent at once', async () => {
    const circle = await alice.api.post('/api/v1/circles', { title: 'Family' })
    await alice.api.post(`/api/v1/circles/${circle.id}/accounts`, { account_ids: [bob.id] })
    const media = await upload(alice)
    const made = await alice.api.post('/api/v1/statuses', {
      status: 'a *surprise*',
      content_type: 'text/markdown',
      visibility: 'circles',
      circle_ids: [circle.id],
      media_ids: [media.id],
      scheduled_at: new Date(now + 2 * DAY).toISOString(),
    })
    assert.deepEqual(
      [made.params.audience, made.params.circle_ids, made.params.content_type],
      ['circles', [circle.id], 'text/markdown'],
    )
    const path = `/api/v1/scheduled_statuses/${made.id}`
    const changed = await alice.api.put(path, {
      status: 'a **great** surprise',
      content_type: 'text/markdown',
      visibility: 'circles',
      circle_ids: [circle.id],
      media_ids: [media.id],
    })
    assert.deepEqual([changed.id, changed.scheduled_at], [made.id, made.scheduled_at])
    assert.equal(await alice.api.status('PUT', path, { status: '', media_ids: [] }), 422)
    assert.equal(await bob.api.status('POST', `${path}/publish`), 404)
    now += DAY
    await sweep()
    const post = await alice.api.post(`${path}/publish`)
    assert.equal(post.media_attachments.length, 1)
    assert.match(post.content, /<strong>great<\/strong>/)
    assert.equal((await bob.api.get(`/api/v1/statuses/${post.id}`)).limited, true)
    assert.equal(await alice.api.status('GET', path), 404)
    now += 2 * DAY
    assert.equal((await latest(alice)).id, post.id, 'it is not published again')
  })

  test('a post for later that cannot be published any more is kept as a draft with the reason', async () => {
    const circle = await alice.api.post('/api/v1/circles', { title: 'Gone soon' })
    await alice.api.post(`/api/v1/circles/${circle.id}/accounts`, { account_ids: [bob.id] })
    await alice.api.post('/api/v1/statuses', {
      status: 'for nobody in the end',
      visibility: 'circles',
      circle_ids: [circle.id],
      scheduled_at: new Date(now + 10 * MINUTE).toISOString(),
    })
    await alice.api.delete(`/api/v1/circles/${circle.id}`)
    now += 11 * MINUTE
    await world.settle()
    assert.deepEqual(await alice.api.get('/api/v1/scheduled_statuses'), [])
    const [draft] = await alice.api.get('/api/v1/drafts')
    assert.deepEqual([draft.posts[0].text, draft.visibility], ['for nobody in the end', 'circles'])
    assert.ok(draft.problem.length > 5)
  })

  test('an answer that got lost on the way does not make a second post, days later', async () => {
    const key = { 'idempotency-key': 'from the outbox' }
    const one = await alice.api.post('/api/v1/statuses', { status: 'once' }, key)
    now += 6 * DAY
    await sweep()
    assert.equal((await alice.api.post('/api/v1/statuses', { status: 'once' }, key)).id, one.id)
  })

  test('the source of a post says in which format it was written', async () => {
    const post = await alice.api.post('/api/v1/statuses', { status: '*hm*', content_type: 'text/markdown' })
    const source = await alice.api.get(`/api/v1/statuses/${post.id}/source`)
    assert.deepEqual([source.text, source.content_type], ['*hm*', 'text/markdown'])
  })
})

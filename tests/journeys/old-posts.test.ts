// Promises about posts that delete themselves: only when asked for, only old ones, and what is to stay stays.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { outlivedPosts } from '../../src/domain/janitor/own-posts-task.ts'
import { runTask } from '../../src/domain/janitor/run-task.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const DAY = 86_400_000

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let ann: Person
  let ben: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 10) } })
    ann = await world.account('ann')
    ben = await world.account('ben')
  })
  after(() => world.stop())

  const tidy = async (): Promise<number> => {
    const files = { delete: () => Promise.resolve(), async *list() {} }
    const { ctx, config } = world.house
    const { count } = await runTask({ ctx, files, retention: config.retention }, outlivedPosts)
    await world.settle()
    return count
  }
  const write = async (who: Person, text: string, more: Json = {}): Promise<string> =>
    (await who.api.post('/api/v1/statuses', { status: text, ...more })).id
  const left = async (ids: readonly string[]): Promise<string[]> => {
    const states = await Promise.all(
      ids.map(async (id) => [id, await ann.api.status('GET', `/api/v1/statuses/${id}`)] as const),
    )
    return states.filter(([, status]) => status === 200).map(([id]) => id)
  }

  test(`${engine}: nothing goes unless its author asked for it`, async () => {
    const rules = await ann.api.get('/api/v1/post_retention')
    assert.deepEqual([rules.enabled, rules.days, rules.keep_pinned], [false, 365, true])
    await write(ann, 'from long ago')
    now += 400 * DAY
    assert.equal(await tidy(), 0)
  })

  test(`${engine}: old posts go, with every exception that was chosen, and nobody else's`, async () => {
    const plain = await write(ann, 'plain')
    const pinned = await write(ann, 'pinned')
    await ann.api.post(`/api/v1/statuses/${pinned}/pin`)
    const direct = await write(ann, '@ben direct', { visibility: 'direct' })
    const poll = await write(ann, 'poll', { poll: { options: ['a', 'b'], expires_in: 3600 } })
    const bookmarked = await write(ann, 'bookmarked')
    await ann.api.post(`/api/v1/statuses/${bookmarked}/bookmark`)
    const favourited = await write(ann, 'favourited by myself')
    await ann.api.post(`/api/v1/statuses/${favourited}/favourite`)
    const loved = await write(ann, 'favourited by another')
    await ben.api.post(`/api/v1/statuses/${loved}/favourite`)
    const boosted = await write(ann, 'boosted by another')
    await ben.api.post(`/api/v1/statuses/${boosted}/reblog`)
    const theirs = await write(ben, 'by ben')
    const many = []
    for (let count = 0; count < 30; count += 1) many.push(await write(ann, `one of many ${count}`))
    await world.settle()
    now += 40 * DAY
    const fresh = await write(ann, 'fresh')
    const rules = await ann.api.put('/api/v1/post_retention', {
      enabled: true,
      days: 30,
      keep_polls: true,
      min_favourites: 1,
      min_boosts: 1,
    })
    assert.deepEqual([rules.enabled, rules.days, rules.min_favourites], [true, 30, 1])
    assert.ok((await tidy()) >= 31)
    const kept = [pinned, direct, poll, bookmarked, favourited, loved, boosted, fresh, theirs]
    assert.deepEqual(await left([plain, ...many, ...kept]), kept)

    await ann.api.put('/api/v1/post_retention', {
      keep_pinned: false,
      keep_direct: false,
      keep_polls: false,
      keep_bookmarked: false,
      keep_favourited: false,
      min_favourites: '',
      min_boosts: '',
    })
    await tidy()
    assert.deepEqual(await left(kept), [fresh, theirs])
    assert.equal(await tidy(), 0)
  })

  test(`${engine}: switched off again it deletes nothing, and a wish that makes no sense is refused`, async () => {
    for (const body of [
      { enabled: true, days: 1 },
      { enabled: true, min_boosts: -3 },
    ])
      assert.equal(await ann.api.status('PUT', '/api/v1/post_retention', body), 422)
    assert.equal((await ann.api.put('/api/v1/post_retention', { enabled: false })).enabled, false)
    now += 40 * DAY
    assert.equal(await tidy(), 0)
  })
})

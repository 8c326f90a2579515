// Promises about posts that are more than a note: articles with titles, events that people answer, emoji reactions.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publishPost } from '../../src/domain/posts/publish-post.ts'
import { addReaction } from '../../src/domain/reactions/add-reaction.ts'
import type { PostDraft } from '../../src/model/post.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const START = Date.UTC(2026, 0, 5, 10)
const HOUR = 3_600_000

forEachEngine((engine) => {
  let world: World
  let now = START
  let alice: Person
  let bob: Person
  let carol: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
  })
  after(() => world.stop())

  const publish = async (change: Partial<PostDraft>): Promise<number> => {
    const draft: PostDraft = {
      text: 'Bring a cake.',
      sourceType: 'text/plain',
      audience: 'public',
      ...change,
    }
    const { postId } = await publishPost(world.house.ctx, alice.accountId, draft)
    await world.settle()
    return postId
  }
  const summer = {
    startsAt: START + 24 * HOUR,
    endsAt: START + 27 * HOUR,
    place: { name: 'The old mill', address: 'Mill Lane 3' },
    status: 'confirmed',
    joinMode: 'free',
    capacity: 1,
  } as const

  test('an event says when and where, to apps that know events and to those that do not', async () => {
    const id = await publish({ title: 'Summer party', event: summer })
    const status = await bob.api.get(`/api/v1/statuses/${id}`)
    assert.equal(status.title, 'Summer party')
    assert.deepEqual(status.event, {
      starts_at: '2026-01-06T10:00:00.000Z',
      ends_at: '2026-01-06T13:00:00.000Z',
      place: 'The old mill, Mill Lane 3',
      status: 'confirmed',
    })
    assert.match(status.content, /Summer party.*2026-01-06 10:00.*The old mill.*Bring a cake/)
    const note = await bob.api.get(`/api/v1/statuses/${await publish({ text: 'just a note' })}`)
    assert.equal('title' in note || 'event' in note, false)
  })

  test('people say whether they come, change their minds, and a full event says so', async () => {
    const id = await publish({ title: 'Tea', event: summer })
    const path = `/api/v1/statuses/${id}/event`
    assert.equal((await bob.api.post(`${path}/answer`, { answer: 'yes' })).own_answer, 'yes')
    const full = await carol.api.ask('POST', `${path}/answer`, { body: { answer: 'yes' } })
    assert.deepEqual([full.status, full.body.error], [409, 'This event is full'])
    await carol.api.post(`${path}/answer`, { answer: 'maybe' })
    await bob.api.post(`${path}/answer`, { answer: 'no' })
    const seen = await world.client().get(path)
    assert.deepEqual(
      [seen.yes_count, seen.maybe_count, seen.no_count, seen.own_answer, seen.capacity],
      [0, 1, 1, null, 1],
    )
    assert.equal(await bob.api.status('POST', `${path}/answer`, { answer: 'perhaps' }), 422)
    assert.equal(await world.client().status('POST', `${path}/answer`, { answer: 'yes' }), 401)
    now += 48 * HOUR
    assert.equal(await bob.api.status('POST', `${path}/answer`, { answer: 'yes' }), 422)
    now -= 48 * HOUR
  })

  test('what is no event, or not for the reader, is not found', async () => {
    const note = await publish({ text: 'no event' })
    const hidden = await publish({ title: 'Private', event: summer, audience: 'followers' })
    for (const id of [note, hidden, 99]) {
      assert.equal(await bob.api.status('GET', `/api/v1/statuses/${id}/event`), 404)
      assert.equal(
        await bob.api.status('POST', `/api/v1/statuses/${id}/event/answer`, { answer: 'yes' }),
        404,
      )
    }
    assert.equal(await bob.api.status('GET', `/api/v1/statuses/${hidden}/reactions`), 404)
  })

  test('emoji reactions are counted, and one’s own are marked', async () => {
    const id = await publish({ text: 'react!' })
    const react = (who: Person, emoji: string) =>
      addReaction(world.house.ctx, { accountId: who.accountId, postId: id, kind: 'emoji', emoji })
    await react(bob, '🎉')
    await react(carol, '🎉')
    await react(carol, '🐟')
    await world.settle()
    const seen = await carol.api.get(`/api/v1/statuses/${id}/reactions`)
    assert.deepEqual(seen, [
      { name: '🎉', count: 2, me: true, url: null, static_url: null },
      { name: '🐟', count: 1, me: true, url: null, static_url: null },
    ])
    const bobs = await bob.api.get(`/api/v1/statuses/${id}/reactions`)
    assert.equal(bobs[1].me, false)
  })
})

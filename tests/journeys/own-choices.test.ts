// Promises about one's own choices: servers to avoid, people and hashtags to show, posts for later, who may quote.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insertAccount } from '../../src/store/accounts.ts'
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
  let carol: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
  })
  after(() => world.stop())

  const post = async (person: Person, status: string, more: object = {}): Promise<Json> => {
    const made = await person.api.post('/api/v1/statuses', { status, ...more })
    await world.settle()
    return made
  }
  const act = (person: Person, deed: string, target: Person) =>
    person.api.post(`/api/v1/accounts/${target.id}/${deed}`)
  const usernames = (list: Json[]): string[] => list.map((one) => one.username)

  test('blocking a server hides it, ends follows, and can be undone', async () => {
    const id = world.house.ctx.ids.next()
    const uri = 'https://there.test/users/eve'
    const row = {
      id,
      username: 'eve',
      username_key: 'eve',
      domain: 'there.test',
      protocol: 'activitypub',
      uri,
    }
    await world.house.ctx.store.write((tx) => insertAccount(tx, { ...row, created_at: now, updated_at: now }))
    await alice.api.post(`/api/v1/accounts/${id}/follow`)
    const preview = await alice.api.get('/api/v1/domain_blocks/preview?domain=there.test')
    assert.deepEqual(preview, { following_count: 1, followers_count: 0 })
    await alice.api.post('/api/v1/domain_blocks', { domain: 'THERE.test' })
    await alice.api.post('/api/v1/domain_blocks', { domain: 'other.test' })
    await world.settle()
    const [relation] = await alice.api.get(`/api/v1/accounts/relationships?id[]=${id}`)
    assert.deepEqual([relation.domain_blocking, relation.following, relation.requested], [true, false, false])
    assert.deepEqual(await alice.api.get('/api/v1/domain_blocks'), ['other.test', 'there.test'])
    const page = await alice.api.page('/api/v1/domain_blocks?limit=1')
    assert.deepEqual((await alice.api.page(page.next ?? '')).body, ['there.test'])
    assert.deepEqual(await bob.api.get('/api/v1/domain_blocks'), [])
    await alice.api.delete('/api/v1/domain_blocks', { domain: 'there.test' })
    const [later] = await alice.api.get(`/api/v1/accounts/relationships?id[]=${id}`)
    assert.equal(later.domain_blocking, false)
    for (const domain of ['', 'no domain', world.house.config.domain])
      assert.ok(
        [400, 422].includes(await alice.api.status('POST', '/api/v1/domain_blocks', { domain })),
        domain,
      )
  })

  test('people whom one follows are shown on the profile, nobody else', async () => {
    assert.equal(await alice.api.status('POST', `/api/v1/accounts/${bob.id}/endorse`), 422)
    await act(alice, 'follow', bob)
    assert.equal((await act(alice, 'endorse', bob)).endorsed, true)
    assert.deepEqual(usernames(await alice.api.get('/api/v1/endorsements')), ['bob'])
    assert.deepEqual(usernames(await world.client().get(`/api/v1/accounts/${alice.id}/endorsements`)), [
      'bob',
    ])
    assert.equal((await act(alice, 'unpin', bob)).endorsed, false)
    assert.deepEqual(await alice.api.get('/api/v1/endorsements'), [])
  })

  test('one sees which acquaintances follow somebody, unless they hide it', async () => {
    await act(bob, 'follow', carol)
    await world.settle()
    const ask = () => alice.api.get(`/api/v1/accounts/familiar_followers?id[]=${carol.id}`)
    assert.deepEqual(usernames((await ask())[0].accounts), ['bob'])
    await bob.api.patch('/api/v1/accounts/update_credentials', { hide_collections: true })
    assert.deepEqual((await ask())[0].accounts, [])
  })

  test('hashtags are shown on the profile with how often they were used', async () => {
    await post(alice, 'one #Garden')
    await post(alice, 'two #garden #weather')
    await post(alice, 'hidden #garden', { visibility: 'private' })
    const suggested = await alice.api.get('/api/v1/featured_tags/suggestions')
    assert.deepEqual(
      suggested.map((tag: Json) => tag.name.toLowerCase()),
      ['garden', 'weather'],
    )
    const made = await alice.api.post('/api/v1/featured_tags', { name: '#garden' })
    assert.equal(made.statuses_count, '2')
    await post(alice, 'three #garden')
    const [shown] = await world.client().get(`/api/v1/accounts/${alice.id}/featured_tags`)
    assert.deepEqual([shown.id, shown.statuses_count], [made.id, '3'])
    assert.equal((await alice.api.post('/api/v1/tags/weather/feature')).featuring, true)
    assert.equal((await alice.api.post('/api/v1/tags/weather/unfeature')).featuring, false)
    assert.equal(await bob.api.status('DELETE', `/api/v1/featured_tags/${made.id}`), 404)
    await alice.api.delete(`/api/v1/featured_tags/${made.id}`)
    assert.deepEqual(await alice.api.get('/api/v1/featured_tags'), [])
    for (let index = 0; index < 10; index += 1)
      await alice.api.post('/api/v1/featured_tags', { name: `tag${index}` })
    assert.equal(await alice.api.status('POST', '/api/v1/featured_tags', { name: 'toomany' }), 422)
    assert.equal(await alice.api.status('POST', '/api/v1/featured_tags', { name: '#!' }), 422)
  })

  test('what one prefers is told to every app, and holds for posts that say nothing else', async () => {
    const dora = await world.account('dora')
    const before = await dora.api.get('/api/v1/preferences')
    assert.deepEqual(
      ['visibility', 'sensitive', 'language'].map((name) => before[`posting:default:${name}`]),
      ['public', false, null],
    )
    await dora.api.patch('/api/v1/accounts/update_credentials', {
      source: { privacy: 'private', sensitive: true, language: 'eo' },
    })
    const later = await dora.api.get('/api/v1/preferences')
    assert.deepEqual(
      ['visibility', 'sensitive', 'language'].map((name) => later[`posting:default:${name}`]),
      ['private', true, 'eo'],
    )
    const post = await dora.api.post('/api/v1/statuses', { status: 'saluton' })
    assert.deepEqual([post.visibility, post.language], ['private', 'eo'])
    const chosen = await dora.api.post('/api/v1/statuses', {
      status: 'hi',
      visibility: 'unlisted',
      language: 'en',
    })
    assert.deepEqual([chosen.visibility, chosen.language], ['unlisted', 'en'])
  })

  test('a post waits for its time, can be put off or taken back, and comes once', async () => {
    const at = now + 10 * MINUTE
    const made = await post(alice, 'later', {
      scheduled_at: new Date(at).toISOString(),
      visibility: 'unlisted',
      poll: { options: ['a', 'b'], expires_in: 3600 },
    })
    assert.equal(Date.parse(made.scheduled_at), at)
    assert.deepEqual([made.params.text, made.params.visibility], ['later', 'unlisted'])
    assert.deepEqual(await alice.api.get('/api/v1/scheduled_statuses'), [made])
    assert.equal(await bob.api.status('GET', `/api/v1/scheduled_statuses/${made.id}`), 404)
    assert.equal(await bob.api.status('DELETE', `/api/v1/scheduled_statuses/${made.id}`), 404)
    const change = { scheduled_at: new Date(at + 10 * MINUTE).toISOString() }
    await alice.api.put(`/api/v1/scheduled_statuses/${made.id}`, change)
    const texts = async (): Promise<string[]> => {
      await world.settle()
      const list = await alice.api.get(`/api/v1/accounts/${alice.id}/statuses?limit=2`)
      return list.map((status: Json) => status.content)
    }
    now += 11 * MINUTE
    assert.notEqual((await texts())[0], '<p>later</p>')
    now += 11 * MINUTE
    assert.equal((await texts())[0], '<p>later</p>')
    assert.notEqual((await texts())[1], '<p>later</p>')
    assert.deepEqual(await alice.api.get('/api/v1/scheduled_statuses'), [])
    const other = await post(alice, 'never', { scheduled_at: new Date(now + DAY).toISOString() })
    await alice.api.delete(`/api/v1/scheduled_statuses/${other.id}`)
    now += 2 * DAY
    assert.equal((await texts())[0], '<p>later</p>')
  })

  test('times that are too near, and too many posts for a day, are refused', async () => {
    const later = (ms: number): object => ({ status: 'x', scheduled_at: new Date(now + ms).toISOString() })
    const path = '/api/v1/statuses'
    assert.equal(await alice.api.status('POST', path, later(MINUTE)), 422)
    assert.equal(await alice.api.status('POST', path, later(100 * 366 * DAY)), 422)
    assert.equal(await alice.api.status('POST', path, { status: 'x', scheduled_at: 'tomorrow' }), 422)
    assert.equal(await alice.api.status('POST', path, { ...later(DAY), status: '' }), 422)
    const day = { status: 'x', scheduled_at: new Date(Math.ceil(now / DAY) * DAY + DAY).toISOString() }
    for (let index = 0; index < 25; index += 1) await alice.api.post(path, day)
    assert.equal(await alice.api.status('POST', path, day), 422)
    const past = await alice.api.post(path, {
      status: 'now',
      scheduled_at: new Date(now - DAY).toISOString(),
    })
    assert.equal(past.content, '<p>now</p>')
  })

  test('an author changes who may quote a post, and takes a quote back', async () => {
    const status = await post(bob, 'quote me')
    const quote = await post(carol, 'look', { quoted_status_id: status.id })
    assert.equal(quote.quote.state, 'accepted')
    const path = `/api/v1/statuses/${status.id}`
    assert.equal(await carol.api.status('POST', `${path}/quotes/${quote.id}/revoke`), 404)
    const revoked = await bob.api.post(`${path}/quotes/${quote.id}/revoke`)
    assert.equal(revoked.quote.state, 'revoked')
    assert.equal(
      await carol.api.status('PUT', `${path}/interaction_policy`, { quote_approval_policy: 'nobody' }),
      404,
    )
    const changed = await bob.api.put(`${path}/interaction_policy`, { quote_approval_policy: 'nobody' })
    assert.deepEqual([changed.quote_approval.automatic, changed.edited_at], [[], null])
    assert.equal((await carol.api.get(path)).quote_approval.current_user, 'denied')
    assert.equal(
      await bob.api.status('PUT', `${path}/interaction_policy`, { quote_approval_policy: 'x' }),
      422,
    )
    assert.equal(await bob.api.status('PUT', `${path}/interaction_policy`, {}), 400)
  })

  test('a post that would mention somebody unexpected is refused when the app asks for that', async () => {
    const body = { status: 'hello @bob and @carol', allowed_mentions: [bob.id] }
    assert.equal(await alice.api.status('POST', '/api/v1/statuses', body), 422)
    await alice.api.post('/api/v1/statuses', { ...body, allowed_mentions: [bob.id, carol.id] })
  })
})

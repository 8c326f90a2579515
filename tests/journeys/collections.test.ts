// Promises about collections: people recommended together, whom newcomers can follow at once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  const people: Record<string, Person> = {}
  let pack: Json

  const person = (name: string): Person => {
    const found = people[name]
    assert.ok(found)
    return found
  }
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1000) } })
    people['alice'] = await world.account('alice', { role: 'owner' })
    for (const name of ['bob', 'carol', 'dora', 'eve', 'newbie']) people[name] = await world.account(name)
    for (const name of ['alice', 'bob', 'carol', 'dora', 'eve'])
      await person(name).api.patch('/api/v1/accounts/update_credentials', { discoverable: name !== 'eve' })
    await person('carol').api.patch('/api/v1/accounts/update_credentials', { locked: true })
  })
  after(() => world.stop())

  test('people who want to be found can be put into a collection, others not', async () => {
    const { api } = person('alice')
    const { collection } = await api.post('/api/v1/collections', {
      name: ' Gardeners ',
      description: 'People with soil under their nails',
      tag_name: '#Garden',
      account_ids: [person('bob').id],
    })
    pack = collection
    assert.equal(pack.name, 'Gardeners')
    assert.equal(pack.tag.name, 'garden')
    await api.post(`/api/v1/collections/${pack.id}/items`, { account_id: person('carol').id })
    const path = `/api/v1/collections/${pack.id}/items`
    assert.equal(await api.status('POST', path, { account_id: person('eve').id }), 403)
    assert.equal(await api.status('POST', path, { account_id: person('bob').id }), 422)
    assert.equal(await api.status('POST', path, { account_id: '99' }), 404)
    assert.equal(await person('bob').api.status('POST', path, { account_id: person('dora').id }), 404)
    assert.equal(await api.status('POST', '/api/v1/collections', { name: ' ' }), 422)
    assert.equal(await api.status('POST', '/api/v1/collections', { name: 'x'.repeat(101) }), 422)
    const failed = await api.ask('POST', '/api/v1/collections', {
      body: { name: 'All or none', account_ids: [person('bob').id, person('eve').id] },
    })
    assert.equal(failed.status, 403)
    const { collections } = await api.get(`/api/v1/accounts/${person('alice').id}/collections`)
    assert.deepEqual(
      collections.map((one: Json) => one.item_count),
      [2],
    )
  })

  test('anybody can look at it, and what hides from lists is seen by its owner alone', async () => {
    const { api } = person('dora')
    const hidden = await api.post('/api/v1/collections', { name: 'Mine', discoverable: false })
    const of = `/api/v1/accounts/${person('dora').id}/collections`
    assert.equal((await api.get(of)).collections.length, 1)
    assert.deepEqual((await world.client().get(of)).collections, [])
    assert.equal((await world.client().get(`/api/v1/collections/${hidden.collection.id}`)).accounts.length, 1)
    const seen = await world.client().get(`/api/v1/collections/${pack.id}`)
    assert.deepEqual(
      seen.accounts.map((one: Json) => one.username),
      ['alice', 'bob', 'carol'],
    )
    assert.equal(await api.status('PATCH', `/api/v1/collections/${pack.id}`, { name: 'Stolen' }), 404)
    assert.equal(await api.status('DELETE', `/api/v1/collections/${pack.id}`), 404)
    assert.equal(await api.status('GET', '/api/v1/collections/99'), 404)
  })

  test('starter packs are collections with people in them, those of whoever runs the server first', async () => {
    const { api } = person('bob')
    const { collection } = await api.post('/api/v1/collections', {
      name: 'Poets',
      account_ids: [person('dora').id],
    })
    await api.post('/api/v1/collections', { name: 'Nobody yet' })
    const names = async (): Promise<string[]> =>
      (await world.client().get('/api/v1/starter_packs')).map((one: Json) => one.collection.name)
    assert.deepEqual(await names(), ['Gardeners', 'Poets'])
    await api.patch(`/api/v1/collections/${collection.id}`, { sensitive: true })
    assert.deepEqual(await names(), ['Gardeners'])
  })

  test('following a collection follows everybody in it, and asks those who approve followers', async () => {
    const { api } = person('newbie')
    await person('bob').api.post('/api/v1/statuses', { status: 'Beans are up.' })
    const relations = await api.post(`/api/v1/collections/${pack.id}/follow`)
    assert.deepEqual(
      relations.map((one: Json) => [one.id, one.following, one.requested]),
      [
        [person('bob').id, true, false],
        [person('carol').id, false, true],
      ],
    )
    await world.settle()
    assert.equal((await api.get('/api/v1/timelines/home')).length, 1)
    assert.equal((await api.post(`/api/v1/collections/${pack.id}/follow`)).length, 2)
    assert.equal(await world.client().status('POST', `/api/v1/collections/${pack.id}/follow`), 401)
  })

  test('whoever is recommended knows, and can take themselves out for good', async () => {
    const bob = person('bob')
    const mine = `/api/v1/accounts/${bob.id}/in_collections`
    const [found] = (await bob.api.get(mine)).collections
    assert.equal(found.id, pack.id)
    assert.equal(await person('dora').api.status('GET', mine), 404)
    const item = found.items.find((one: Json) => one.account_id === bob.id)
    const path = `/api/v1/collections/${pack.id}/items`
    assert.equal(await person('dora').api.status('POST', `${path}/${item.id}/revoke`), 404)
    await bob.api.post(`${path}/${item.id}/revoke`)
    assert.deepEqual((await bob.api.get(mine)).collections, [])
    const { api } = person('alice')
    assert.equal(await api.status('DELETE', `${path}/${item.id}`), 404)
    assert.equal(await api.status('POST', path, { account_id: bob.id }), 403)
    assert.equal((await api.get(`/api/v1/collections/${pack.id}`)).collection.item_count, 1)
  })

  test('who blocks its owner is not put in, and who is blocked by its owner does not see it', async () => {
    const { api } = person('alice')
    await person('dora').api.post(`/api/v1/accounts/${person('alice').id}/block`)
    const path = `/api/v1/collections/${pack.id}`
    assert.equal(await api.status('POST', `${path}/items`, { account_id: person('dora').id }), 404)
    await api.post(`/api/v1/accounts/${person('eve').id}/block`)
    assert.equal(await person('eve').api.status('GET', path), 404)
    assert.equal(await person('eve').api.status('POST', `${path}/follow`), 404)
    await api.delete(path)
    assert.equal(await api.status('GET', path), 404)
  })
})

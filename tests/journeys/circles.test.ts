// Promises about circles: private lists of people that one shares with, and who sees what is shared.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let carol: Person
  let dora: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
    dora = await world.account('dora')
    await act(bob, 'follow', alice)
    await act(carol, 'follow', alice)
    await act(alice, 'follow', bob)
    await world.settle()
  })
  after(() => world.stop())

  const act = (person: Person, deed: string, target: Person): Promise<Json> =>
    person.api.post(`/api/v1/accounts/${target.id}/${deed}`)
  const make = (title: string): Promise<Json> => alice.api.post('/api/v1/circles', { title })
  const add = (circle: Json, ...people: Person[]): Promise<number> =>
    alice.api.status('POST', `/api/v1/circles/${circle.id}/accounts`, {
      account_ids: people.map((one) => one.id),
    })
  const members = async (circle: Json): Promise<string[]> => {
    const list: Json[] = await alice.api.get(`/api/v1/circles/${circle.id}/accounts`)
    return list.map((one): string => one.username).toSorted((a, b) => a.localeCompare(b))
  }
  const share = async (person: Person, status: string, circles: Json[]): Promise<Json> => {
    const circle_ids = circles.map((one) => one.id)
    const made = await person.api.post('/api/v1/statuses', { status, visibility: 'circles', circle_ids })
    await world.settle()
    return made
  }
  const sees = async (person: Person, post: Json): Promise<boolean> =>
    (await person.api.status('GET', `/api/v1/statuses/${post.id}`)) === 200
  const contents = async (person: Person, path: string): Promise<string[]> => {
    const list: Json[] = await person.api.get(path)
    return list.map((one) => one.content.replaceAll(/<[^>]*>/g, ''))
  }

  test('a circle is made, renamed, filled and deleted, and nobody else learns of it', async () => {
    const circle = await make('  Famly ')
    assert.deepEqual([circle.title, circle.accounts_count], ['Famly', 0])
    const path = `/api/v1/circles/${circle.id}`
    assert.equal((await alice.api.put(path, { title: 'Family' })).title, 'Family')
    assert.equal(await add(circle, bob, carol), 200)
    assert.equal(await add(circle, bob), 200)
    assert.equal((await alice.api.get(path)).accounts_count, 2)
    assert.deepEqual(await members(circle), ['bob', 'carol'])
    const page = await alice.api.page(`${path}/accounts?limit=1`)
    assert.equal((await alice.api.page(page.next ?? '')).body.length, 1)
    assert.equal((await alice.api.get(`${path}/accounts?limit=0`)).length, 2)
    const [of] = await alice.api.get(`/api/v1/accounts/${bob.id}/circles`)
    assert.equal(of.id, circle.id)
    for (const at of [path, `${path}/accounts`, `${path}/statuses`, `/api/v1/timelines/circle/${circle.id}`])
      assert.equal(await bob.api.status('GET', at), 404, at)
    assert.equal(await bob.api.status('PUT', path, { title: 'mine' }), 404)
    assert.equal(await bob.api.status('DELETE', path), 404)
    assert.deepEqual(await bob.api.get('/api/v1/circles'), [])
    assert.deepEqual(await bob.api.get(`/api/v1/accounts/${bob.id}/circles`), [])
    await alice.api.delete(`${path}/accounts`, { account_ids: [carol.id] })
    assert.deepEqual(await members(circle), ['bob'])
    await alice.api.delete(path)
    assert.equal(await alice.api.status('GET', path), 404)
  })

  test('what cannot be a circle, and who cannot be in one, is refused', async () => {
    const circle = await make('Some')
    assert.equal(await alice.api.status('POST', '/api/v1/circles', { title: ' ' }), 422)
    assert.equal(await alice.api.status('POST', '/api/v1/circles', { title: 'x'.repeat(101) }), 422)
    assert.equal(await add(circle, dora), 422, 'a stranger')
    assert.equal(await add(circle, alice), 422, 'oneself')
    assert.equal(await add(circle, bob, dora), 422, 'all or none')
    assert.deepEqual(await members(circle), [])
    const unknown = { account_ids: ['123'] }
    assert.equal(await alice.api.status('POST', `/api/v1/circles/${circle.id}/accounts`, unknown), 404)
    for (let count = (await alice.api.get('/api/v1/circles')).length; count < 50; count += 1)
      await make(`number ${count}`)
    assert.equal(await alice.api.status('POST', '/api/v1/circles', { title: 'one more' }), 422)
    for (const one of await alice.api.get('/api/v1/circles'))
      await alice.api.delete(`/api/v1/circles/${one.id}`)
  })

  test('a post to circles is seen by their people alone, and its author sees where it went', async () => {
    const [family, work] = [await make('Family'), await make('Work')]
    await add(family, bob)
    await add(work, carol)
    const post = await share(alice, 'dinner at eight', [family])
    assert.deepEqual([post.visibility, post.limited], ['private', true])
    assert.deepEqual(
      [await sees(alice, post), await sees(bob, post), await sees(carol, post), await sees(dora, post)],
      [true, true, false, false],
    )
    const shown = await bob.api.get(`/api/v1/statuses/${post.id}`)
    assert.deepEqual([shown.limited, shown.visibility], [true, 'private'])
    const path = `/api/v1/statuses/${post.id}/audience`
    assert.equal(await bob.api.status('GET', path), 404)
    const audience = await alice.api.get(path)
    assert.deepEqual(
      [audience.audience, audience.circles.map((one: Json) => one.title)],
      ['circles', ['Family']],
    )
    assert.deepEqual(
      audience.accounts.map((one: Json) => one.username),
      ['bob'],
    )
    await share(alice, 'for both', [family, work])
    assert.deepEqual(await contents(alice, `/api/v1/circles/${family.id}/statuses`), [
      'for both',
      'dinner at eight',
    ])
    assert.deepEqual(await contents(alice, `/api/v1/circles/${work.id}/statuses`), ['for both'])
    assert.deepEqual((await contents(carol, '/api/v1/timelines/home')).slice(0, 1), ['for both'])
    await bob.api.post('/api/v1/statuses', { status: 'I am bob' })
    await world.settle()
    assert.deepEqual(await contents(alice, `/api/v1/timelines/circle/${family.id}`), ['I am bob'])
    assert.deepEqual(await contents(alice, `/api/v1/timelines/circle/${work.id}`), [])
    // Whoever joins later does not see what was shared before; whoever leaves keeps what they were given.
    await add(family, carol)
    await alice.api.delete(`/api/v1/circles/${family.id}/accounts`, { account_ids: [bob.id] })
    assert.deepEqual([await sees(bob, post), await sees(carol, post)], [true, false])
    await alice.api.delete(`/api/v1/circles/${family.id}`)
    assert.equal(await sees(bob, post), true)
    assert.deepEqual((await alice.api.get(path)).circles, [])
    const gone = { status: 'x', visibility: 'circles', circle_ids: [family.id] }
    assert.equal(await alice.api.status('POST', '/api/v1/statuses', gone), 404)
  })

  test("nobody can post to somebody else's circle, nor to none", async () => {
    const circle = await make('Hers')
    const theirs = { status: 'x', visibility: 'circles', circle_ids: [circle.id] }
    assert.equal(await bob.api.status('POST', '/api/v1/statuses', theirs), 404)
    const none = { status: 'x', visibility: 'circles', circle_ids: [] }
    assert.equal(await alice.api.status('POST', '/api/v1/statuses', none), 422)
  })

  test('people leave circles with the last follow between the two, and with a block', async () => {
    const circle = await make('Leavers')
    await add(circle, bob, carol)
    await act(bob, 'unfollow', alice)
    await world.settle()
    assert.deepEqual(await members(circle), ['bob', 'carol'], 'alice still follows bob')
    await act(alice, 'unfollow', bob)
    await act(carol, 'block', alice)
    await world.settle()
    assert.deepEqual(await members(circle), [])
    assert.equal(await add(circle, carol), 404, 'who blocks is not there')
  })
})

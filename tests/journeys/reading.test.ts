// Promises about reading: every timeline holds what it should, newest first, and pages lead through it both ways.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Answer, Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let carol: Person
  /** Alice's posts, oldest first. */
  const written: string[] = []
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
    for (let count = 0; count < 12; count += 1) {
      const { id } = await alice.api.post('/api/v1/statuses', { status: `number ${count} #counting` })
      written.push(id)
    }
    await world.settle()
  })
  after(() => world.stop())

  const ids = (list: Json[]): string[] => list.map((one) => one.id)
  const newest = (): string[] => written.toReversed()

  /** Follows `next` to the end and `prev` back to the start. */
  const walk = async (person: Person, path: string): Promise<{ forward: string[]; back: string[] }> => {
    const forward: string[] = []
    let last: Answer<Json[]> | undefined
    for (let at: string | undefined = path; at !== undefined;) {
      const page: Answer<Json[]> = await person.api.page(at)
      if (page.body.length > 0) last = page
      forward.push(...ids(page.body))
      at = page.next
    }
    const back = ids(last?.body ?? [])
    for (let at = last?.prev; at !== undefined;) {
      const page: Answer<Json[]> = await person.api.page(at)
      back.unshift(...ids(page.body))
      at = page.body.length > 0 ? page.prev : undefined
    }
    return { forward, back }
  }

  test('home, public, local, hashtag and profile pages lead through all posts, forward and back', async () => {
    const paths = [
      '/api/v1/timelines/home?limit=5',
      '/api/v1/timelines/public?limit=5',
      '/api/v1/timelines/public?limit=5&local=true',
      '/api/v1/timelines/tag/Counting?limit=5',
      `/api/v1/accounts/${alice.id}/statuses?limit=5`,
      `/api/v1/accounts/${alice.id}/statuses?limit=4&exclude_replies=true&tagged=counting`,
    ]
    for (const path of paths) {
      const { forward, back } = await walk(bob, path)
      assert.deepEqual(forward, newest(), path)
      assert.deepEqual(back, newest(), `${path} backward`)
    }
    assert.deepEqual(await bob.api.get('/api/v1/timelines/public?remote=true'), [])
  })

  test('cursors give exactly what lies beyond them', async () => {
    const middle = written[6] as string
    const at = (cursor: string) => bob.api.get(`/api/v1/timelines/home?limit=3&${cursor}=${middle}`)
    assert.deepEqual(ids(await at('max_id')), [written[5], written[4], written[3]])
    assert.deepEqual(ids(await at('since_id')), [written[11], written[10], written[9]])
    assert.deepEqual(ids(await at('min_id')), [written[9], written[8], written[7]])
  })

  test('a page is never longer than its limit allows', async () => {
    assert.equal((await bob.api.get('/api/v1/timelines/home?limit=1')).length, 1)
    assert.equal((await bob.api.get('/api/v1/timelines/home?limit=100000')).length, 12)
    assert.equal((await bob.api.get('/api/v1/timelines/home?limit=banana')).length, 12)
  })

  test('home shows whom one follows and nobody else, boosts included', async () => {
    const stranger = await carol.api.post('/api/v1/statuses', { status: 'by a stranger' })
    await world.settle()
    assert.ok(!ids(await bob.api.get('/api/v1/timelines/home')).includes(stranger.id))
    const boost = await alice.api.post(`/api/v1/statuses/${stranger.id}/reblog`)
    await world.settle()
    const [first] = await bob.api.get('/api/v1/timelines/home')
    assert.deepEqual([first.id, first.reblog.id], [boost.id, stranger.id])
    const own = await bob.api.post('/api/v1/statuses', { status: 'my own' })
    await world.settle()
    assert.equal((await bob.api.get('/api/v1/timelines/home'))[0].id, own.id)
    await alice.api.post(`/api/v1/statuses/${stranger.id}/unreblog`)
    await carol.api.delete(`/api/v1/statuses/${stranger.id}`)
    await bob.api.delete(`/api/v1/statuses/${own.id}`)
    await world.settle()
    assert.deepEqual(ids(await bob.api.get('/api/v1/timelines/home')), newest())
  })

  test('a new follow brings the latest posts, and its end takes them away', async () => {
    await carol.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
    assert.deepEqual(ids(await carol.api.get('/api/v1/timelines/home')), newest())
    await carol.api.post(`/api/v1/accounts/${alice.id}/unfollow`)
    await world.settle()
    assert.deepEqual(await carol.api.get('/api/v1/timelines/home'), [])
  })

  test('favourites and bookmarks come in the order in which they were made', async () => {
    const marked = [written[2], written[9], written[5]] as string[]
    for (const id of marked) {
      await bob.api.post(`/api/v1/statuses/${id}/favourite`)
      await bob.api.post(`/api/v1/statuses/${id}/bookmark`)
    }
    for (const path of ['/api/v1/favourites?limit=2', '/api/v1/bookmarks?limit=2']) {
      const { forward, back } = await walk(bob, path)
      assert.deepEqual(forward, marked.toReversed(), path)
      assert.deepEqual(back, marked.toReversed(), `${path} backward`)
    }
    assert.deepEqual(await carol.api.get('/api/v1/bookmarks'), [])
  })

  test('a page on which everything is hidden from its reader leads on to what is not', async () => {
    const [quiet, loud, reader] = [
      await world.account('quiet'),
      await world.account('loud'),
      await world.account('reader'),
    ]
    for (const person of [quiet, loud]) await reader.api.post(`/api/v1/accounts/${person.id}/follow`)
    const list = await reader.api.post('/api/v1/lists', { title: 'both' })
    await reader.api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [quiet.id, loud.id] })
    await world.settle()
    const wanted = await quiet.api.post('/api/v1/statuses', { status: 'a word #market' })
    for (let count = 0; count < 12; count += 1)
      await loud.api.post('/api/v1/statuses', { status: `shout ${count} #market` })
    await world.settle()
    await reader.api.post(`/api/v1/accounts/${loud.id}/mute`)
    await world.settle()
    for (const path of ['home', 'public', 'public?local=true', 'tag/market', `list/${list.id}`]) {
      const at = `/api/v1/timelines/${path}${path.includes('?') ? '&' : '?'}limit=1`
      const first = await reader.api.page(at)
      const { forward } = await walk(reader, at)
      assert.ok(forward.includes(wanted.id), path)
      if (first.body.length === 0) assert.match(first.next ?? '', /max_id=\d+/, path)
      const end: Answer<Json[]> = await reader.api.page(`${at}&max_id=1`)
      assert.deepEqual([end.body, end.headers.get('link')], [[], null], path)
    }
    const hidden = await reader.api.page('/api/v1/timelines/public?limit=1')
    assert.deepEqual(hidden.body, [], 'the newest posts are all by somebody muted')
    assert.notEqual(hidden.next, undefined)
  })

  test('a list is a timeline of its members, and belongs to its owner alone', async () => {
    const list = await bob.api.post('/api/v1/lists', { title: 'Counting', replies_policy: 'none' })
    assert.deepEqual(await bob.api.get('/api/v1/lists'), [list])
    await bob.api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [alice.id] })
    const stranger = { account_ids: [carol.id] }
    assert.ok(
      [404, 422].includes(await bob.api.status('POST', `/api/v1/lists/${list.id}/accounts`, stranger)),
    )
    const members = await bob.api.get(`/api/v1/lists/${list.id}/accounts`)
    assert.deepEqual(
      members.map((one: Json) => one.username),
      ['alice'],
    )
    const status = await alice.api.post('/api/v1/statuses', { status: 'for lists' })
    await world.settle()
    assert.equal((await bob.api.get(`/api/v1/timelines/list/${list.id}`))[0].id, status.id)
    for (const [method, path] of [
      ['GET', `/api/v1/lists/${list.id}`],
      ['PUT', `/api/v1/lists/${list.id}`],
      ['DELETE', `/api/v1/lists/${list.id}`],
      ['GET', `/api/v1/timelines/list/${list.id}`],
      ['GET', `/api/v1/lists/${list.id}/accounts`],
    ] as const)
      assert.equal(
        await carol.api.status(method, path, method === 'PUT' ? { title: 'x' } : undefined),
        404,
        path,
      )
    assert.equal((await bob.api.put(`/api/v1/lists/${list.id}`, { title: 'Renamed' })).title, 'Renamed')
    await bob.api.delete(`/api/v1/lists/${list.id}`)
    assert.deepEqual(await bob.api.get('/api/v1/lists'), [])
    await alice.api.delete(`/api/v1/statuses/${status.id}`)
    await world.settle()
  })

  test('a followed hashtag brings its posts home', async () => {
    assert.equal((await carol.api.post('/api/v1/tags/Moot/follow')).following, true)
    const status = await alice.api.post('/api/v1/statuses', { status: 'see you at the #moot' })
    await world.settle()
    assert.deepEqual(ids(await carol.api.get('/api/v1/timelines/home')), [status.id])
    assert.deepEqual(
      (await carol.api.get('/api/v1/followed_tags')).map((one: Json) => one.name.toLowerCase()),
      ['moot'],
    )
    assert.equal((await carol.api.post('/api/v1/tags/moot/unfollow')).following, false)
  })

  test('without an account one reads the public timelines, profiles and the instance, and nothing else', async () => {
    const anyone = world.client()
    assert.ok((await anyone.get('/api/v1/timelines/public')).length >= 12)
    assert.equal((await anyone.get(`/api/v1/accounts/${alice.id}`)).username, 'alice')
    assert.equal((await anyone.get('/api/v2/instance')).domain, world.house.config.domain)
    assert.equal((await anyone.get('/api/v1/instance')).uri, world.house.config.domain)
    await anyone.get('/api/v1/custom_emojis')
    const own = [
      'timelines/home',
      'favourites',
      'bookmarks',
      'lists',
      'notifications',
      'conversations',
      'blocks',
      'mutes',
      'preferences',
    ]
    for (const path of own) assert.equal(await anyone.status('GET', `/api/v1/${path}`), 401, path)
  })
})

// Promises about finding: people, hashtags and posts, by the words that people type, without seeing what is hidden.
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
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
    await alice.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Alice Liddell',
      indexable: true,
    })
    await world.settle()
  })
  after(() => world.stop())

  const search = (person: Person, query: string, more = '') =>
    person.api.get(`/api/v2/search?q=${encodeURIComponent(query)}${more}`)

  test('people are found by name, display name and address', async () => {
    for (const query of ['alice', '@alice', 'Liddell', 'ALI', `alice@${world.house.config.domain}`]) {
      const found = await search(bob, query)
      assert.deepEqual(
        found.accounts.map((one: Json) => one.username),
        ['alice'],
        query,
      )
    }
    assert.deepEqual((await search(bob, 'nobody')).accounts, [])
  })

  test('hashtags are found by how they begin, once somebody has used them', async () => {
    await alice.api.post('/api/v1/statuses', { status: 'all come to the #folkmoot' })
    await world.settle()
    const found = await search(bob, '#folk', '&type=hashtags')
    assert.deepEqual(
      found.hashtags.map((one: Json) => one.name.toLowerCase()),
      ['folkmoot'],
    )
    assert.deepEqual([found.accounts, found.statuses], [[], []])
  })

  test('posts are found by whole words, phrases and without words, newest first', async () => {
    const texts = ['the quick brown fox', 'the lazy dog', 'a quick dog, Brown by name']
    const ids: string[] = []
    for (const status of texts) ids.push((await alice.api.post('/api/v1/statuses', { status })).id)
    await world.settle()
    const find = async (query: string): Promise<number[]> => {
      const { statuses } = await search(alice, query, '&type=statuses')
      return statuses.map((one: Json) => ids.indexOf(one.id))
    }
    assert.deepEqual(await find('quick'), [2, 0])
    assert.deepEqual(await find('QUICK brown'), [2, 0])
    assert.deepEqual(await find('"quick brown"'), [0])
    assert.deepEqual(await find('dog -quick'), [1])
    assert.deepEqual(await find('nothing'), [])
  })

  test('a deleted or edited post is not found by words that it no longer has', async () => {
    const gone = await alice.api.post('/api/v1/statuses', { status: 'zanzibar one' })
    const changed = await alice.api.post('/api/v1/statuses', { status: 'zanzibar two' })
    await world.settle()
    assert.equal((await search(alice, 'zanzibar', '&type=statuses')).statuses.length, 2)
    await alice.api.delete(`/api/v1/statuses/${gone.id}`)
    await alice.api.put(`/api/v1/statuses/${changed.id}`, { status: 'mauritius two' })
    await world.settle()
    assert.deepEqual((await search(alice, 'zanzibar', '&type=statuses')).statuses, [])
    assert.equal((await search(alice, 'mauritius', '&type=statuses')).statuses.length, 1)
  })

  test('operators narrow a search, with words or alone', async () => {
    const dora = await world.account('dora')
    await dora.api.patch('/api/v1/accounts/update_credentials', { indexable: true })
    const shy = await world.account('shy')
    await shy.api.patch('/api/v1/accounts/update_credentials', { indexable: false })
    const reader = await world.account('reader')
    const send = async (who: Person, status: string, more: object = {}): Promise<string> =>
      (await who.api.post('/api/v1/statuses', { status, ...more })).id
    const first = await send(dora, 'plum cake', { language: 'en' })
    const poll = await send(dora, 'plum jam?', { poll: { options: ['a', 'b'], expires_in: 600 } })
    const german = await send(dora, 'plum heißt Pflaume', { language: 'de' })
    const reply = await send(dora, 'plum again', { in_reply_to_id: first })
    const hidden = await send(shy, 'plum of the shy', { sensitive: true })
    const kept = await send(shy, 'plum kept')
    await reader.api.post(`/api/v1/statuses/${kept}/bookmark`)
    await world.settle()
    const names: Record<string, string> = { first, poll, german, reply, hidden, kept }
    const find = async (query: string): Promise<string[]> =>
      (await search(reader, query, '&type=statuses')).statuses.map(
        (one: Json) => Object.keys(names).find((name) => names[name] === one.id) ?? one.content,
      )
    assert.deepEqual(await find('plum'), ['kept', 'reply', 'german', 'poll', 'first'])
    assert.deepEqual(await find('plum from:dora has:poll'), ['poll'])
    assert.deepEqual(await find('from:@dora'), ['reply', 'german', 'poll', 'first'])
    assert.deepEqual(await find('plum -from:dora'), ['kept'])
    assert.deepEqual(await find('from:shy'), ['kept'])
    assert.deepEqual(await find('from:dora is:reply'), ['reply'])
    assert.deepEqual(await find('plum -is:reply -has:poll language:de'), ['german'])
    assert.deepEqual(await find('plum from:dora -language:de -has:poll'), ['reply', 'first'])
    assert.deepEqual(await find('plum in:library'), ['kept'])
    assert.deepEqual(await find('has:poll'), ['poll'])
    assert.deepEqual(await find('plum before:2001-01-01'), [])
    assert.deepEqual(await find('from:dora after:2001'), ['reply', 'german', 'poll', 'first'])
    assert.deepEqual(await find('from:nobody plum'), [])
  })

  test('no query breaks the search', async () => {
    const queries = [
      '"',
      "'",
      '()',
      'a OR',
      '-',
      '*',
      '%',
      '_',
      '\\',
      'x"y',
      'NEAR(a b)',
      'a:b',
      '&|!',
      '日本語',
      '🎉',
      'x'.repeat(900),
      "'; drop table posts; --",
    ]
    for (const query of queries) {
      const found = await search(bob, query)
      assert.ok(Array.isArray(found.statuses), query)
    }
    assert.equal(await bob.api.status('GET', '/api/v2/search'), 400)
    assert.equal(await bob.api.status('GET', '/api/v2/search?q=x&type=everything'), 422)
  })
})

// Promises about being told: notifications, private conversations and how far one has read.
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
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
    for (const person of [bob, carol]) await alice.api.post(`/api/v1/accounts/${person.id}/follow`)
    await world.settle()
  })
  after(() => world.stop())

  const post = (person: Person, body: object) => person.api.post('/api/v1/statuses', body)
  const told = async (person: Person, query = ''): Promise<string[]> => {
    await world.settle()
    const list = await person.api.get(`/api/v1/notifications${query}`)
    return list.map((one: Json) => `${one.type} ${one.account.username}`)
  }
  const clear = (person: Person) => person.api.post('/api/v1/notifications/clear')

  test('a follow, a mention, a favourite and a boost are told, newest first', async () => {
    await clear(alice)
    const status = await post(alice, { status: 'to be liked' })
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await post(bob, { status: 'hello @alice' })
    await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    await carol.api.post(`/api/v1/statuses/${status.id}/reblog`)
    assert.deepEqual(await told(alice), ['reblog carol', 'favourite bob', 'mention bob', 'follow bob'])
    assert.deepEqual(await told(alice, '?types[]=mention&types[]=follow'), ['mention bob', 'follow bob'])
    assert.deepEqual(await told(alice, '?exclude_types[]=mention'), [
      'reblog carol',
      'favourite bob',
      'follow bob',
    ])
    assert.deepEqual(await told(alice, `?account_id=${carol.id}`), ['reblog carol'])
  })

  test('nobody is told of their own deeds, or twice of the same', async () => {
    await clear(alice)
    const status = await post(alice, { status: 'hello @alice' })
    await alice.api.post(`/api/v1/statuses/${status.id}/favourite`)
    for (let count = 0; count < 2; count += 1) await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    assert.deepEqual(await told(alice), ['favourite bob'])
  })

  test('an edit is told to those who boosted the post', async () => {
    await clear(carol)
    const status = await post(alice, { status: 'first version' })
    await carol.api.post(`/api/v1/statuses/${status.id}/reblog`)
    await world.settle()
    await alice.api.put(`/api/v1/statuses/${status.id}`, { status: 'second version' })
    assert.deepEqual(await told(carol), ['update alice'])
  })

  test('a request to follow is told as such', async () => {
    await clear(carol)
    await carol.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    const dora = await world.account('dora')
    await dora.api.post(`/api/v1/accounts/${carol.id}/follow`)
    assert.deepEqual(await told(carol), ['follow_request dora'])
    await carol.api.patch('/api/v1/accounts/update_credentials', { locked: false })
  })

  test('each is dismissed alone, seen by its owner alone, and all are cleared at once', async () => {
    await clear(alice)
    await post(bob, { status: '@alice one' })
    await post(bob, { status: '@alice two' })
    await world.settle()
    const [second, first] = await alice.api.get('/api/v1/notifications')
    assert.equal((await alice.api.get(`/api/v1/notifications/${first.id}`)).id, first.id)
    assert.equal(await bob.api.status('GET', `/api/v1/notifications/${first.id}`), 404)
    await bob.api.ask('POST', `/api/v1/notifications/${first.id}/dismiss`)
    assert.equal((await alice.api.get('/api/v1/notifications')).length, 2)
    await alice.api.post(`/api/v1/notifications/${second.id}/dismiss`)
    assert.deepEqual(
      (await alice.api.get('/api/v1/notifications')).map((one: Json) => one.id),
      [first.id],
    )
    await clear(alice)
    assert.deepEqual(await alice.api.get('/api/v1/notifications'), [])
  })

  test('a deleted post, an undone favourite and a muted person leave no notification behind', async () => {
    await clear(alice)
    const status = await post(alice, { status: 'like and undo' })
    const mention = await post(bob, { status: '@alice soon gone' })
    await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    assert.equal((await told(alice)).length, 2)
    await bob.api.delete(`/api/v1/statuses/${mention.id}`)
    await bob.api.post(`/api/v1/statuses/${status.id}/unfavourite`)
    assert.deepEqual(await told(alice), [])
    await alice.api.post(`/api/v1/accounts/${bob.id}/mute`)
    await post(bob, { status: '@alice unheard' })
    assert.deepEqual(await told(alice), [])
    await alice.api.post(`/api/v1/accounts/${bob.id}/unmute`)
  })

  test('a muted thread is quiet', async () => {
    await clear(alice)
    const status = await post(alice, { status: 'a long thread' })
    assert.equal((await alice.api.post(`/api/v1/statuses/${status.id}/mute`)).muted, true)
    await post(bob, { status: '@alice me too', in_reply_to_id: status.id })
    assert.deepEqual(await told(alice), [])
    assert.equal((await alice.api.post(`/api/v1/statuses/${status.id}/unmute`)).muted, false)
    await post(bob, { status: '@alice me three', in_reply_to_id: status.id })
    assert.deepEqual(await told(alice), ['mention bob'])
  })

  test('a private message opens a conversation for both, unread for who gets it', async () => {
    const first = await post(bob, { status: '@alice between us', visibility: 'direct' })
    await world.settle()
    const [hers] = await alice.api.get('/api/v1/conversations')
    const [his] = await bob.api.get('/api/v1/conversations')
    assert.deepEqual([hers.unread, his.unread], [true, false])
    assert.deepEqual([hers.accounts[0].username, his.accounts[0].username], ['bob', 'alice'])
    assert.equal(hers.last_status.id, first.id)
    assert.equal((await alice.api.post(`/api/v1/conversations/${hers.id}/read`)).unread, false)
    const answer = await post(alice, { status: '@bob yes', visibility: 'direct', in_reply_to_id: first.id })
    await world.settle()
    const again = await bob.api.get('/api/v1/conversations')
    assert.deepEqual([again.length, again[0].unread, again[0].last_status.id], [1, true, answer.id])
    assert.deepEqual(await carol.api.get('/api/v1/conversations'), [])
    assert.equal(await carol.api.status('POST', `/api/v1/conversations/${hers.id}/read`), 404)
    assert.equal(await carol.api.status('DELETE', `/api/v1/conversations/${hers.id}`), 404)
    await alice.api.delete(`/api/v1/conversations/${hers.id}`)
    assert.deepEqual(await alice.api.get('/api/v1/conversations'), [])
    assert.equal((await bob.api.get('/api/v1/conversations')).length, 1)
  })

  test('how far one has read is the same on every device', async () => {
    const status = await post(bob, { status: 'read me' })
    const marks = await alice.api.post('/api/v1/markers', { home: { last_read_id: status.id } })
    assert.equal(marks.home.last_read_id, status.id)
    const kept = await alice.api.get('/api/v1/markers?timeline[]=home&timeline[]=notifications')
    assert.deepEqual(kept, marks)
    assert.deepEqual(await bob.api.get('/api/v1/markers?timeline[]=home'), {})
    assert.equal(await alice.api.status('POST', '/api/v1/markers', { home: { last_read_id: 'x' } }), 422)
  })

  test('unread notifications are counted from the mark on', async () => {
    await clear(alice)
    await post(bob, { status: '@alice one' })
    await post(bob, { status: '@alice two' })
    await world.settle()
    const list = await alice.api.get('/api/v1/notifications')
    assert.deepEqual(await alice.api.get('/api/v1/notifications/unread_count'), { count: 2 })
    await alice.api.post('/api/v1/markers', { notifications: { last_read_id: list[1].id } })
    assert.deepEqual(await alice.api.get('/api/v1/notifications/unread_count'), { count: 1 })
  })

  test('an app that does not know a type gets a sentence to show in its place', async () => {
    const zoe = await world.account('zoe')
    const yan = await world.account('yan')
    await yan.api.patch('/api/v1/accounts/update_credentials', { display_name: 'Yan <b>' })
    await yan.api.post('/api/v1/statuses', { status: 'hello @zoe & all' })
    await yan.api.post(`/api/v1/accounts/${zoe.id}/follow`)
    await world.settle()
    const told = await zoe.api.get('/api/v1/notifications?supported_types[]=follow')
    assert.deepEqual(
      told.map((one: Json) => [one.type, one.fallback]),
      [
        ['follow', undefined],
        [
          'mention',
          {
            title: 'You were mentioned by Yan &lt;b&gt;',
            summary: '@zoe &amp; all'.replace('@', 'hello @'),
            description: null,
          },
        ],
      ],
    )
    const grouped = await zoe.api.get('/api/v2/notifications?supported_types[]=mention')
    assert.deepEqual(
      grouped.notification_groups.map((one: Json) => one.fallback?.title),
      ['Yan &lt;b&gt; is now following you', undefined],
    )
    const plain = await zoe.api.get('/api/v1/notifications')
    assert.ok(plain.every((one: Json) => !('fallback' in one)))
  })
})

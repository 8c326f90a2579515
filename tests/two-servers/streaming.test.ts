// Promises about apps that are open on another server: what happens there shows here at once, over both kinds of streams.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen, openEvents } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { follow, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Worlds } from '../two-worlds.ts'

forEachEngine((engine) => {
  let worlds: Worlds
  let alice: Citizen
  let bob: Citizen
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'] })
    alice = await (worlds.servers[0] as Citizen['server']).account('alice')
    bob = await (worlds.servers[1] as Citizen['server']).account('bob')
    await follow(bob, alice)
    await follow(alice, bob)
    await worlds.settle()
  })
  after(() => worlds.stop())

  const events = async (person: Citizen): Promise<StreamReader> => {
    const opened = await openEvents(person.server.local, '/user', person.token)
    assert.equal(opened.status, 200, opened.text)
    return opened.reader
  }
  const socket = (person: Citizen, stream: string) =>
    mustOpen(person.server.local, {
      query: `?stream=${stream}`,
      headers: { authorization: `Bearer ${person.token}` },
    })
  const post = (author: Citizen, status: string, more: object = {}): Promise<Json> =>
    author.api.post('/api/v1/statuses', { status, ...more })

  test('a post, its edit and its end are seen by a follower as they happen', async () => {
    const home = await events(bob)
    const mine = await post(alice, 'live from a')
    const seen = await home.next('update', (one) => one.content.includes('live from a'))
    assert.equal(seen.uri, mine.uri)
    await alice.api.put(`/api/v1/statuses/${mine.id}`, { status: 'edited live from a' })
    const edited = await home.next('status.update', (one) => one.id === seen.id)
    assert.match(edited.content, /edited live/)
    await alice.api.delete(`/api/v1/statuses/${mine.id}`)
    await home.next('delete', (id) => String(id) === seen.id)
    home.close()
  })

  test('a like, a boost, an answer and a mention ring on the author’s side', async () => {
    const { reader } = await socket(alice, 'user:notification')
    const home = await events(bob)
    await post(alice, 'ring me')
    const { id } = await home.next('update', (one) => one.content.includes('ring me'))
    await bob.api.post(`/api/v1/statuses/${id}/favourite`)
    await reader.next('notification', (one) => one.type === 'favourite' && one.account.acct === 'bob@b.test')
    await bob.api.post(`/api/v1/statuses/${id}/reblog`)
    await reader.next('notification', (one) => one.type === 'reblog')
    await post(bob, '@alice@a.test hello there', { in_reply_to_id: id })
    const mention = await reader.next('notification', (one) => one.type === 'mention')
    assert.match(mention.status.content, /hello there/)
    reader.close()
    home.close()
  })

  test('a direct message moves the conversation, a public one the known network, a tag its stream', async () => {
    const direct = (await socket(alice, 'direct')).reader
    const remote = (await socket(alice, 'public:remote')).reader
    const tag = (await socket(alice, 'hashtag&tag=livewire')).reader
    await post(bob, '@alice@a.test psst', { visibility: 'direct' })
    const conversation = await direct.next('conversation')
    assert.match(conversation.last_status.content, /psst/)
    await post(bob, 'to everybody #livewire')
    await remote.next('update', (one) => one.content.includes('to everybody'))
    await tag.next('update', (one) => one.content.includes('to everybody'))
    for (const { payload } of [...remote.messages, ...tag.messages]) assert.doesNotMatch(payload, /psst/)
    for (const reader of [direct, remote, tag]) reader.close()
  })

  test('a new follower rings too', async () => {
    const { reader } = await socket(alice, 'user')
    const carol = await bob.server.account('carol')
    await follow(carol, alice)
    const notice = await reader.next('notification', (one) => one.type === 'follow')
    assert.equal(notice.account.acct, 'carol@b.test')
    reader.close()
    await until('the follower is counted', async () => {
      const { followers_count: count } = await alice.api.get('/api/v1/accounts/verify_credentials')
      return count === 2
    })
  })
})

// Promises about following somebody on another server, from finding them to losing them again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachEngine } from '../database.ts'
import { arrives, find, follow, inHome, notified, relationship, startWorlds, until } from '../two-worlds.ts'
import type { Server, Worlds } from '../two-worlds.ts'

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'] })
    ;[a, b] = worlds.servers as [Server, Server]
  })
  after(() => worlds.stop())

  test('a person on another server is found by handle, by profile page and by id, in any spelling', async () => {
    const alice = await a.account('alice')
    const bob = await b.account('bob')
    const found = await find(alice, '@bob@b.test')
    assert.equal(found.acct, 'bob@b.test')
    assert.equal(found.url, 'http://b.test/@bob')
    assert.equal(found.uri, bob.uri)
    for (const written of ['bob@b.test', 'BOB@B.TEST', 'http://b.test/@bob', 'http://b.test/users/bob'])
      assert.equal((await find(alice, written)).id, found.id, written)
    assert.equal((await alice.api.get('/api/v1/accounts/lookup?acct=bob@b.test')).id, found.id)
    const stranger = await alice.api.get('/api/v2/search?resolve=true&q=@nobody@b.test')
    assert.deepEqual(stranger.accounts, [])
  })

  test('a follow of an open account holds at once on both sides, and posts arrive', async () => {
    const alice = await a.account('anna')
    const bob = await b.account('ben')
    await follow(alice, bob)
    const notice = await notified(bob, 'follow')
    assert.equal(notice.account.acct, 'anna@a.test')
    const { followed_by: isFollowed } = await relationship(bob, alice)
    assert.equal(isFollowed, true)
    await bob.api.post('/api/v1/statuses', { status: 'hello followers' })
    const status = await arrives(alice, 'hello followers')
    assert.equal(status.account.acct, 'ben@b.test')
    const followers = await bob.api.get(`/api/v1/accounts/${bob.id}/followers`)
    assert.deepEqual(
      followers.map((one: { acct: string }) => one.acct),
      ['anna@a.test'],
    )
  })

  test('who unfollows gets nothing more, and is a follower no longer', async () => {
    const [alice, bob] = [await a.account('anna'), await b.account('ben')]
    const { id } = await find(alice, bob)
    await alice.api.post(`/api/v1/accounts/${id}/unfollow`)
    await until('the unfollow arrives', async () => !(await relationship(bob, alice)).followed_by)
    await bob.api.post('/api/v1/statuses', { status: 'words after the end' })
    await worlds.settle()
    assert.equal(await inHome(alice, 'words after the end'), undefined)
  })

  test('a locked account decides on each follower, and a refused one hears of it', async () => {
    const keeper = await b.account('keeper')
    await keeper.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    const [friend, pest] = [await a.account('friend'), await a.account('pest')]
    for (const one of [friend, pest]) {
      const seen = await find(one, keeper)
      assert.equal(seen.locked, true)
      const relation = await one.api.post(`/api/v1/accounts/${seen.id}/follow`)
      assert.equal(relation.requested, true)
      assert.equal(relation.following, false)
      await notified(keeper, 'follow_request', ({ account }) => account.acct === `${one.username}@a.test`)
    }
    const requests = await keeper.api.get('/api/v1/follow_requests')
    const idOf = (name: string) => requests.find((one: { acct: string }) => one.acct === `${name}@a.test`).id
    await keeper.api.post(`/api/v1/follow_requests/${idOf('friend')}/authorize`)
    await keeper.api.post(`/api/v1/follow_requests/${idOf('pest')}/reject`)
    await until('the friend is let in', async () => (await relationship(friend, keeper)).following)
    await until('the pest is refused', async () => !(await relationship(pest, keeper)).requested)
    assert.equal((await relationship(pest, keeper)).following, false)
    await keeper.api.post('/api/v1/statuses', { status: 'behind the door', visibility: 'private' })
    await arrives(friend, 'behind the door')
    await worlds.settle()
    assert.equal(await inHome(pest, 'behind the door'), undefined)
  })

  test('a request that is taken back is gone on the other side too', async () => {
    const keeper = await b.account('keeper')
    const shy = await a.account('shy')
    const { id } = await find(shy, keeper)
    await shy.api.post(`/api/v1/accounts/${id}/follow`)
    const hasAsked = async () =>
      (await keeper.api.get('/api/v1/follow_requests')).some(
        (one: { acct: string }) => one.acct === 'shy@a.test',
      )
    await until('the request arrives', hasAsked)
    await shy.api.post(`/api/v1/accounts/${id}/unfollow`)
    await until('the request goes', async () => !(await hasAsked()))
  })

  test('a follower who is removed follows no longer on their own server', async () => {
    const [alice, bob] = [await a.account('amy'), await b.account('bert')]
    await follow(alice, bob)
    const seen = await find(bob, alice)
    await bob.api.post(`/api/v1/accounts/${seen.id}/remove_from_followers`)
    await until('the follower learns it', async () => !(await relationship(alice, bob)).following)
    await bob.api.post('/api/v1/statuses', { status: 'without you', visibility: 'private' })
    await worlds.settle()
    assert.equal(await inHome(alice, 'without you'), undefined)
  })
})

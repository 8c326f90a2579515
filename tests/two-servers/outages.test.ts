// Promises about servers that fail: nothing is lost, nothing happens twice, and nobody else has to wait.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, copyOf, find, follow, inHome, relationship, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

const HOUR = 3_600_000

forEachEngine((engine) => {
  let worlds: Worlds
  let a: Server
  let b: Server
  let c: Server
  before(async () => {
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test', 'c.test'] })
    ;[a, b, c] = worlds.servers as [Server, Server, Server]
  })
  after(() => worlds.stop())

  const post = (author: Citizen, status: string): Promise<Json> =>
    author.api.post('/api/v1/statuses', { status })
  const homeTexts = async (reader: Citizen, words: string): Promise<string[]> => {
    const home: Json[] = await reader.api.get('/api/v1/timelines/home?limit=40')
    return home.map((one) => one.content.replaceAll(/<[^>]+>/g, '')).filter((text) => text.includes(words))
  }
  const waiting = async (server: Server): Promise<number> =>
    (await server.house.ctx.store.read.selectFrom('deliveries').select('id').execute()).length

  test('what was posted while a server was down arrives once it is back, each post once', async () => {
    const alice = await a.account('alice')
    const [bob, carol] = [await b.account('bob'), await c.account('carol')]
    await follow(bob, alice)
    await follow(carol, alice)
    await worlds.settle()
    await b.stop()
    const started = Date.now()
    for (let number = 0; number < 10; number += 1) await post(alice, `while you were out ${number}`)
    assert.ok(Date.now() - started < 10_000, 'posting is not slowed by a server that is down')
    await arrives(carol, 'while you were out 9')
    await until('the posts wait', async () => (await waiting(a)) === 10)
    await b.start()
    worlds.pass(HOUR)
    await worlds.settle()
    await until('all ten', async () => (await homeTexts(bob, 'while you were out')).length >= 10)
    await worlds.settle()
    const texts = await homeTexts(bob, 'while you were out')
    assert.deepEqual(
      texts.toSorted(),
      Array.from({ length: 10 }, (_, number) => `while you were out ${number}`),
    )
    assert.equal(await waiting(a), 0)
  })

  test('a server that stops in the middle of its work goes on where it was, and does nothing twice', async () => {
    const dave = await a.account('dave')
    const fans = await Promise.all(['fan1', 'fan2', 'fan3'].map((name) => b.account(name)))
    for (const fan of fans) await follow(fan, dave)
    const mine: Json[] = []
    for (let number = 0; number < 8; number += 1) {
      mine.push(await post(dave, `through thick and thin ${number}`))
      // Posting, telling, delivering and receiving are all under way when either server goes.
      if (number === 2 || number === 5) {
        await a.stop()
        await a.start()
      }
      if (number === 4) {
        await b.stop()
        await b.start()
      }
    }
    worlds.pass(HOUR)
    await worlds.settle()
    for (const fan of fans) {
      await until('all eight', async () => (await homeTexts(fan, 'through thick and thin')).length >= 8)
      assert.equal((await homeTexts(fan, 'through thick and thin')).length, 8)
    }
    const [first] = fans as [Citizen]
    for (const { uri } of mine) {
      const copy = await copyOf(first, uri)
      await first.api.post(`/api/v1/statuses/${copy.id}/favourite`)
    }
    await b.stop()
    await b.start()
    worlds.pass(HOUR)
    await worlds.settle()
    for (const { id } of mine)
      await until(
        'one like each',
        async () => (await dave.api.get(`/api/v1/statuses/${id}`)).favourites_count === 1,
      )
    const notices: Json[] = await dave.api.get('/api/v1/notifications?types[]=favourite')
    assert.equal(notices.length, 8)
  })

  test('people of one server share a single delivery', async () => {
    const erin = await a.account('erin')
    const readers = await Promise.all(['one', 'two', 'three', 'four'].map((name) => b.account(name)))
    for (const reader of readers) await follow(reader, erin)
    await worlds.settle()
    await b.stop()
    await post(erin, 'one for all')
    await until('the delivery', async () => (await waiting(a)) > 0)
    assert.equal(await waiting(a), 1)
    const [delivery] = await a.house.ctx.store.read.selectFrom('deliveries').select('inbox').execute()
    assert.equal(delivery?.inbox, 'http://b.test/inbox')
    await b.start()
    worlds.pass(HOUR)
    await worlds.settle()
    for (const reader of readers) await arrives(reader, 'one for all')
  })

  test('followers on whom two servers disagree are put right by the next delivery', async () => {
    const fred = await a.account('fred')
    const [kept, ghost, waits] = [await b.account('kept'), await b.account('ghost'), await b.account('waits')]
    for (const reader of [kept, ghost, waits]) await follow(reader, fred)
    await worlds.settle()
    // A restored backup on one side and a lost answer on the other.
    const ghostThere = Number((await find(fred, ghost)).id)
    const fredThere = Number((await find(waits, fred)).id)
    await a.house.ctx.store.write((tx) =>
      tx
        .deleteFrom('follows')
        .where('account_id', '=', ghostThere)
        .where('target_id', '=', fred.accountId)
        .execute(),
    )
    await b.house.ctx.store.write((tx) =>
      tx
        .updateTable('follows')
        .set({ accepted: 0 })
        .where('account_id', '=', waits.accountId)
        .where('target_id', '=', fredThere)
        .execute(),
    )
    await a.stop()
    await a.start()
    await b.stop()
    await b.start()
    await fred.api.post('/api/v1/statuses', { status: 'for my followers', visibility: 'private' })
    await arrives(kept, 'for my followers')
    await until('the one who was removed', async () => !(await relationship(ghost, fred)).following)
    await until('the one who was accepted', async () => (await relationship(waits, fred)).following)
    assert.equal((await relationship(kept, fred)).following, true)
    assert.equal(await inHome(ghost, 'for my followers'), undefined)
  })
})

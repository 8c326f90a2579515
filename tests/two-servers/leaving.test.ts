// Promises about changing and leaving: profiles, moves to another server, and accounts that end.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deleteAccount } from '../../src/domain/accounts/delete-account.ts'
import { suspendAccount, unsuspendAccount } from '../../src/domain/accounts/suspend-account.ts'
import { recordFact } from '../../src/domain/record-fact.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { arrives, copyOf, find, follow, inHome, relationship, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'

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

  test('a changed profile is seen by followers elsewhere, with its fields and emojis', async () => {
    const alice = await a.account('alice')
    const fan = await b.account('fan')
    await follow(fan, alice)
    await alice.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Alice of the Hills',
      note: 'I climb.',
      bot: true,
      locked: true,
      fields_attributes: [{ name: 'Home', value: 'https://hills.test' }],
    })
    const seen = await until('the new profile', async () => {
      const account = await find(fan, alice)
      return account.display_name === 'Alice of the Hills' && account
    })
    assert.match(seen.note, /I climb\./)
    assert.deepEqual([seen.bot, seen.locked], [true, true])
    assert.equal(seen.fields[0].name, 'Home')
    assert.match(seen.fields[0].value, /https:\/\/hills\.test/)
  })

  /** Moving has no endpoint of its own: this is what it writes. */
  async function move(from: Citizen, to: Citizen): Promise<void> {
    const target = await find(from, to)
    const { ctx } = from.server.house
    await ctx.store.write(async (tx) => {
      const moved = { moved_to_id: Number(target.id) }
      await tx.updateTable('accounts').set(moved).where('id', '=', from.accountId).execute()
      await recordFact(ctx, tx, {
        type: 'account-moved',
        accountId: from.accountId,
        targetId: Number(target.id),
      })
    })
  }

  async function nameAlias(account: Citizen, alias: Citizen): Promise<void> {
    const { ctx } = account.server.house
    await ctx.store.write(async (tx) => {
      const also = { also_known_as: JSON.stringify([alias.uri]) }
      await tx.updateTable('accounts').set(also).where('id', '=', account.accountId).execute()
      await recordFact(ctx, tx, { type: 'account-updated', accountId: account.accountId })
    })
  }

  test('followers of somebody who moves follow the new account, when both accounts say so', async () => {
    const old = await a.account('mover')
    const renewed = await c.account('mover')
    const fan = await b.account('movers_fan')
    await follow(fan, old)
    await nameAlias(renewed, old)
    await move(old, renewed)
    await until('the follow of the new account', async () => (await relationship(fan, renewed)).following)
    await until('the end of the old follow', async () => !(await relationship(fan, old)).following)
    const before = await find(fan, old)
    assert.equal((await fan.api.get(`/api/v1/accounts/${before.id}`)).moved?.acct, 'mover@c.test')
    await post(renewed, 'greetings from my new home')
    await arrives(fan, 'greetings from my new home')
  })

  test('a move that the new account does not confirm takes nobody along', async () => {
    const thief = await a.account('thief')
    const famous = await c.account('famous')
    const fan = await b.account('thiefs_fan')
    await follow(fan, thief)
    await move(thief, famous)
    await worlds.settle()
    assert.equal((await relationship(fan, famous)).following, false)
    assert.equal((await relationship(fan, thief)).following, true)
  })

  test('a suspended account is hidden elsewhere too, and comes back when that ends', async () => {
    const rogue = await a.account('rogue')
    const fan = await b.account('rogues_fan')
    await follow(fan, rogue)
    await post(rogue, 'a rogue word')
    await arrives(fan, 'a rogue word')
    await suspendAccount(a.house.ctx, rogue.accountId)
    await until('the suspension', async () => !(await inHome(fan, 'a rogue word')))
    await unsuspendAccount(a.house.ctx, rogue.accountId)
    await until('the return', async () => {
      const { id } = await find(fan, rogue)
      const posts: Json[] = await fan.api.get(`/api/v1/accounts/${id}/statuses`)
      return posts.some((one) => one.content.includes('a rogue word'))
    })
  })

  test('a deleted account takes everything along, everywhere it was known', async () => {
    const leaver = await a.account('leaver')
    const fan = await b.account('leavers_fan')
    const friend = await c.account('leavers_friend')
    await follow(fan, leaver)
    await follow(leaver, friend)
    const mine = await post(leaver, 'my last words')
    const { id } = await arrives(fan, 'my last words')
    const theirs = await post(friend, 'farewell')
    const copy = await copyOf(leaver, theirs.uri)
    await leaver.api.post(`/api/v1/statuses/${copy.id}/favourite`)
    await until(
      'the like',
      async () => (await friend.api.get(`/api/v1/statuses/${theirs.id}`)).favourites_count === 1,
    )
    await deleteAccount(a.house.ctx, leaver.accountId)
    await until(
      'the end of the post',
      async () => (await fan.api.status('GET', `/api/v1/statuses/${id}`)) === 404,
    )
    assert.equal(await inHome(fan, 'my last words'), undefined)
    assert.equal(await copyOf(fan, mine.uri), undefined)
    await until('the end of the account', async () => {
      const { accounts } = await fan.api.get('/api/v2/search?resolve=true&q=@leaver@a.test')
      return accounts.length === 0
    })
    await until('the end of the like', async () => {
      const now = await friend.api.get(`/api/v1/statuses/${theirs.id}`)
      return now.favourites_count === 0
    })
    const followers: Json[] = await friend.api.get(`/api/v1/accounts/${friend.id}/followers`)
    assert.deepEqual(followers, [])
    const actor = await fetch(`${a.local}/users/leaver`, { headers: { accept: 'application/activity+json' } })
    assert.equal(actor.status, 410)
  })
})

// Promises about open streams of people who were shut out behind the server's back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRegister } from '../../../src/protocols/mastodon/streaming/outlet.ts'
import type { Outlet } from '../../../src/protocols/mastodon/streaming/outlet.ts'
import { createRecheck } from '../../../src/protocols/mastodon/streaming/still-valid.ts'
import { forEachEngine } from '../../database.ts'
import { startWorld } from '../../world.ts'

forEachEngine((engine) => {
  test('streams of a disabled person and of a token that is gone end at the next look, others stay', async (t) => {
    const world = await startWorld({ engine })
    t.after(() => world.stop())
    const { ctx } = world.house
    const register = createRegister()
    const ended: string[] = []
    const open = (name: string, accountId: number, tokenId: number): void => {
      const outlet: Outlet = {
        reader: { accountId, tokenId, languages: null, clientKey: 'x' },
        send() {},
        beat() {},
        end() {
          ended.push(name)
          register.remove(outlet)
        },
      }
      register.add(outlet)
    }
    for (const name of ['alice', 'bob', 'carol']) {
      const person = await world.account(name)
      open(name, person.accountId, person.tokenId)
    }
    const alice = await world.account('alice')
    const bob = await world.account('bob')
    const recheck = createRecheck(ctx, register)
    await recheck()
    assert.equal(ended.length, 0)
    await ctx.store.write(async (tx) => {
      await tx
        .updateTable('users')
        .set({ disabled_at: 1 })
        .where('account_id', '=', alice.accountId)
        .execute()
      await tx.deleteFrom('tokens').where('id', '=', bob.tokenId).execute()
    })
    // Nothing told of it, so the mark is the same: they end when all tokens are looked at again.
    for (let second = 0; second < 30; second += 1) await recheck()
    assert.deepEqual(
      ended.toSorted((a, b) => a.localeCompare(b)),
      ['alice', 'bob'],
    )
    assert.equal(register.count(), 1)
  })
})

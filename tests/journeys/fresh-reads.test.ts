// Promises about what is read again and again: however warm it is, every change shows in the very next answer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'
import { forEachEngine } from '../database.ts'
import { buildHouse } from '../../src/house.ts'
import type { House } from '../../src/house.ts'
import { deletePost } from '../../src/domain/posts/delete-post.ts'
import { editPost } from '../../src/domain/posts/edit-post.ts'
import { blockAccount, unblockAccount } from '../../src/domain/follows/block-account.ts'
import { suspendAccount, unsuspendAccount } from '../../src/domain/accounts/suspend-account.ts'
import { revokeAccountTokens } from '../../src/domain/sign-in/operator-tokens.ts'
import { silentLog } from '../../src/platform/log.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  let carol: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice', { role: 'admin' })
    bob = await world.account('bob')
    carol = await world.account('carol')
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
  })
  after(() => world.stop())

  /** A post of the author's (Alice's) that Bob and everybody else has read until it is warm. */
  async function warmPost(body: object = { status: 'a warm post' }, author = alice): Promise<string> {
    const { id } = await author.api.post('/api/v1/statuses', body)
    await world.settle()
    for (let time = 0; time < 3; time += 1) {
      await inHome(id)
      await read(id)
      await world.client().get(`/api/v1/statuses/${id}`)
    }
    return id
  }
  const read = (id: string, person = bob): Promise<Json> => person.api.get(`/api/v1/statuses/${id}`)
  const inHome = async (id: string): Promise<Json> =>
    (await bob.api.get('/api/v1/timelines/home')).find((post: Json) => post.id === id)
  const seen = (id: string, person = bob): Promise<number> =>
    person.api.status('GET', `/api/v1/statuses/${id}`)

  test('an edit, and what is counted', async () => {
    const id = await warmPost()
    await alice.api.put(`/api/v1/statuses/${id}`, { status: 'a changed post' })
    assert.equal((await read(id)).content, '<p>a changed post</p>')
    assert.equal((await inHome(id)).content, '<p>a changed post</p>')
    await carol.api.post(`/api/v1/statuses/${id}/favourite`)
    await carol.api.post(`/api/v1/statuses/${id}/reblog`)
    await carol.api.post('/api/v1/statuses', { status: 'indeed', in_reply_to_id: id })
    await world.settle()
    const counted = await inHome(id)
    assert.deepEqual([counted.favourites_count, counted.reblogs_count, counted.replies_count], [1, 1, 1])
    await carol.api.post(`/api/v1/statuses/${id}/unfavourite`)
    assert.equal((await read(id)).favourites_count, 0)
  })

  test('what the reader did with a post, and undid', async () => {
    const id = await warmPost()
    for (const [deed, undo, mark] of [
      ['favourite', 'unfavourite', 'favourited'],
      ['reblog', 'unreblog', 'reblogged'],
      ['bookmark', 'unbookmark', 'bookmarked'],
      ['mute', 'unmute', 'muted'],
    ] as const) {
      await bob.api.post(`/api/v1/statuses/${id}/${deed}`)
      assert.equal((await read(id))[mark], true, deed)
      await bob.api.post(`/api/v1/statuses/${id}/${undo}`)
      assert.equal((await read(id))[mark], false, undo)
    }
    assert.equal((await read(id, carol)).favourited, false)
  })

  test('the author: name, picture, fields and counters', async () => {
    const id = await warmPost()
    await alice.api.patch('/api/v1/accounts/update_credentials', { display_name: 'Alice of the market' })
    assert.equal((await inHome(id)).account.display_name, 'Alice of the market')
    const before = (await read(id)).account.statuses_count
    await alice.api.post('/api/v1/statuses', { status: 'one more' })
    await world.settle()
    if (engine === 'sqlite') assert.equal((await read(id)).account.statuses_count, before + 1)
  })

  test('a vote, and what the poll then says to everybody', async () => {
    const id = await warmPost({ status: 'which?', poll: { options: ['this', 'that'], expires_in: 3600 } })
    const { poll } = await read(id)
    await bob.api.post(`/api/v1/polls/${poll.id}/votes`, { choices: [1] })
    const voted = (await inHome(id)).poll
    assert.deepEqual([voted.votes_count, voted.voted, voted.own_votes], [1, true, [1]])
    assert.deepEqual(
      [(await read(id, carol)).poll.votes_count, (await read(id, carol)).poll.voted],
      [1, false],
    )
  })

  test('a mute, a filter and their end', async () => {
    const id = await warmPost({ status: 'about herons' })
    await bob.api.post(`/api/v1/accounts/${alice.id}/mute`)
    assert.equal(await inHome(id), undefined)
    await bob.api.post(`/api/v1/accounts/${alice.id}/unmute`)
    const filter = await bob.api.post('/api/v2/filters', {
      title: 'birds',
      context: ['home'],
      keywords_attributes: [{ keyword: 'herons' }],
    })
    assert.equal((await read(id)).filtered.length, 1)
    await bob.api.delete(`/api/v2/filters/${filter.id}`)
    assert.equal((await read(id)).filtered.length, 0)
  })

  test('a block hides at once, and its end shows again', async () => {
    const id = await warmPost()
    await alice.api.post(`/api/v1/accounts/${bob.id}/block`)
    assert.equal(await seen(id), 404)
    await alice.api.post(`/api/v1/accounts/${bob.id}/unblock`)
    assert.equal(await seen(id), 200)
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
  })

  test('a post for followers is hidden from whoever no longer is one', async () => {
    const id = await warmPost({ status: 'among us', visibility: 'private' }).catch(async () => {
      const post = await alice.api.post('/api/v1/statuses', { status: 'among us', visibility: 'private' })
      assert.equal(await seen(post.id), 200)
      return post.id as string
    })
    await bob.api.post(`/api/v1/accounts/${alice.id}/unfollow`)
    assert.equal(await seen(id), 404)
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    assert.equal(await seen(id), 200)
  })

  test('a deleted post is gone at once', async () => {
    const id = await warmPost()
    await alice.api.delete(`/api/v1/statuses/${id}`)
    assert.equal(await seen(id), 404)
    assert.equal(await inHome(id), undefined)
  })

  test('a suspended author is hidden, and shown again when the suspension ends', async () => {
    const dora = await world.account('dora')
    const id = await warmPost({ status: 'soon hidden' }, dora)
    await suspendAccount(world.house.ctx, dora.accountId)
    assert.equal(await seen(id), 404)
    await unsuspendAccount(world.house.ctx, dora.accountId)
    assert.equal(await seen(id), 200)
  })

  test('a token that was taken back fails at once', async () => {
    const { token } = await world.tokenFor(carol.accountId, ['read'])
    const client = world.client(token)
    for (let time = 0; time < 3; time += 1)
      assert.equal(await client.status('GET', '/api/v1/timelines/home'), 200)
    await revokeAccountTokens(world.house.ctx, carol.accountId)
    assert.equal(await client.status('GET', '/api/v1/timelines/home'), 401)
  })

  test('what another process of the same database writes', async () => {
    const erik = await world.account('erik')
    const id = await warmPost({ status: 'from here' }, erik)
    const other: House = await buildHouse(world.house.config, { log: silentLog() })
    try {
      await editPost(other.ctx, erik.accountId, Number(id), {
        text: 'from elsewhere',
        sourceType: 'text/plain',
      })
      assert.equal((await read(id)).content, '<p>from elsewhere</p>')
      // PostgreSQL does not tell of rows: how readers stand to others may be ten seconds old if no message came.
      if (engine === 'sqlite') {
        await blockAccount(other.ctx, erik.accountId, bob.accountId)
        assert.equal(await seen(id), 404)
        await unblockAccount(other.ctx, erik.accountId, bob.accountId)
        assert.equal(await seen(id), 200)
        await suspendAccount(other.ctx, erik.accountId)
        assert.equal(await world.client().status('GET', `/api/v1/statuses/${id}`), 404)
        await unsuspendAccount(other.ctx, erik.accountId)
        assert.equal(await seen(id), 200)
      }
      const { token } = await world.tokenFor(bob.accountId, ['read'])
      const client = world.client(token)
      assert.equal(await client.status('GET', `/api/v1/statuses/${id}`), 200)
      await revokeAccountTokens(other.ctx, bob.accountId)
      assert.equal(await client.status('GET', `/api/v1/statuses/${id}`), 401)
      await deletePost(other.ctx, erik.accountId, Number(id))
      assert.equal(await world.client().status('GET', `/api/v1/statuses/${id}`), 404)
    } finally {
      await other.stop()
    }
  })
})

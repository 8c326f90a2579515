// Promises about people and each other: following, asking, blocking, muting and keeping notes.
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
  })
  after(() => world.stop())

  const act = (person: Person, deed: string, target: Person, body?: object) =>
    person.api.post(`/api/v1/accounts/${target.id}/${deed}`, body)
  const relation = async (person: Person, target: Person): Promise<Json> =>
    (await person.api.get(`/api/v1/accounts/relationships?id[]=${target.id}`))[0]
  const usernames = (list: Json[]): string[] => list.map((one) => one.username)

  test('following shows on both sides, is counted, and ends', async () => {
    assert.equal((await act(bob, 'follow', alice)).following, true)
    assert.equal((await relation(alice, bob)).followed_by, true)
    assert.deepEqual(usernames(await carol.api.get(`/api/v1/accounts/${alice.id}/followers`)), ['bob'])
    assert.deepEqual(usernames(await carol.api.get(`/api/v1/accounts/${bob.id}/following`)), ['alice'])
    const shown = await carol.api.get(`/api/v1/accounts/${alice.id}`)
    assert.equal(shown.followers_count, 1)
    const narrower = await act(bob, 'follow', alice, { reblogs: false, notify: true, languages: ['de'] })
    assert.deepEqual(
      [narrower.showing_reblogs, narrower.notifying, narrower.languages],
      [false, true, ['de']],
    )
    assert.equal((await act(bob, 'unfollow', alice)).following, false)
    assert.equal((await relation(alice, bob)).followed_by, false)
    assert.equal((await carol.api.get(`/api/v1/accounts/${alice.id}`)).followers_count, 0)
  })

  test('nobody follows themselves, or somebody who does not exist', async () => {
    assert.ok([403, 422].includes(await alice.api.status('POST', `/api/v1/accounts/${alice.id}/follow`)))
    assert.equal(await alice.api.status('POST', '/api/v1/accounts/123456/follow'), 404)
  })

  test('who approves followers is asked, and sees requests until they are answered', async () => {
    await carol.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    for (const person of [alice, bob]) {
      const asked = await act(person, 'follow', carol)
      assert.deepEqual([asked.following, asked.requested], [false, true])
    }
    assert.deepEqual(usernames(await carol.api.get('/api/v1/follow_requests')).toSorted(), ['alice', 'bob'])
    const accepted = await carol.api.post(`/api/v1/follow_requests/${alice.id}/authorize`)
    assert.equal(accepted.followed_by, true)
    assert.equal((await relation(alice, carol)).following, true)
    await carol.api.post(`/api/v1/follow_requests/${bob.id}/reject`)
    const refused = await relation(bob, carol)
    assert.deepEqual([refused.following, refused.requested], [false, false])
    assert.deepEqual(await carol.api.get('/api/v1/follow_requests'), [])
    assert.equal(await carol.api.status('POST', `/api/v1/follow_requests/${bob.id}/authorize`), 404)
    await carol.api.patch('/api/v1/accounts/update_credentials', { locked: false })
  })

  test('a block ends following both ways and keeps the two apart until it ends', async () => {
    await act(alice, 'follow', bob)
    await act(bob, 'follow', alice)
    const status = await alice.api.post('/api/v1/statuses', { status: 'before the block' })
    await world.settle()
    const blocked = await act(alice, 'block', bob)
    assert.deepEqual([blocked.blocking, blocked.following, blocked.followed_by], [true, false, false])
    assert.deepEqual(usernames(await alice.api.get('/api/v1/blocks')), ['bob'])
    await world.settle()
    assert.equal(await bob.api.status('GET', `/api/v1/statuses/${status.id}`), 404)
    assert.equal(await bob.api.status('POST', `/api/v1/statuses/${status.id}/favourite`), 404)
    assert.ok([403, 404, 422].includes(await bob.api.status('POST', `/api/v1/accounts/${alice.id}/follow`)))
    assert.deepEqual(await bob.api.get('/api/v1/timelines/home'), [])
    assert.deepEqual(await bob.api.get('/api/v1/timelines/public'), [])
    const ended = await act(alice, 'unblock', bob)
    assert.equal(ended.blocking, false)
    assert.equal(await bob.api.status('GET', `/api/v1/statuses/${status.id}`), 200)
    assert.deepEqual(await alice.api.get('/api/v1/blocks'), [])
  })

  test('a mute takes somebody out of the timelines without their notice', async () => {
    await act(alice, 'follow', carol)
    const status = await carol.api.post('/api/v1/statuses', { status: 'rather loud' })
    await world.settle()
    const muted = await act(alice, 'mute', carol, { notifications: true })
    assert.deepEqual([muted.muting, muted.muting_notifications, muted.following], [true, true, true])
    assert.equal((await relation(carol, alice)).muting, false)
    const ids = async (path: string) => (await alice.api.get(path)).map((one: Json) => one.id)
    assert.ok(!(await ids('/api/v1/timelines/home')).includes(status.id))
    assert.ok(!(await ids('/api/v1/timelines/public')).includes(status.id))
    assert.ok((await ids(`/api/v1/accounts/${carol.id}/statuses`)).includes(status.id))
    const [entry] = await alice.api.get('/api/v1/mutes')
    assert.deepEqual([entry.username, entry.mute_expires_at], ['carol', null])
    assert.equal((await act(alice, 'unmute', carol)).muting, false)
    assert.ok((await ids('/api/v1/timelines/public')).includes(status.id))
  })

  test('a follower can be removed without a block', async () => {
    await act(bob, 'follow', alice)
    assert.equal((await act(alice, 'remove_from_followers', bob)).followed_by, false)
    assert.equal((await relation(bob, alice)).following, false)
  })

  test('a note about somebody is seen by its writer alone', async () => {
    assert.equal((await act(alice, 'note', bob, { comment: 'met at the moot' })).note, 'met at the moot')
    assert.equal((await relation(alice, bob)).note, 'met at the moot')
    assert.equal((await relation(carol, bob)).note, '')
    assert.equal((await relation(bob, alice)).note, '')
    assert.equal((await act(alice, 'note', bob, { comment: '' })).note, '')
  })

  test('a long list of followers comes in pages that lead through all of it', async () => {
    for (let count = 0; count < 7; count += 1) {
      const fan = await world.account(`fan${count}`)
      await act(fan, 'follow', carol)
    }
    const seen: string[] = []
    let path: string | undefined = `/api/v1/accounts/${carol.id}/followers?limit=3`
    while (path !== undefined) {
      const page: { body: Json[]; next: string | undefined } = await alice.api.page(path)
      seen.push(...usernames(page.body))
      path = page.next
    }
    const fans = seen.filter((name) => name.startsWith('fan'))
    assert.deepEqual(fans, ['fan6', 'fan5', 'fan4', 'fan3', 'fan2', 'fan1', 'fan0'])
  })

  test('accounts are found by id, by address and by name', async () => {
    assert.equal((await bob.api.get('/api/v1/accounts/lookup?acct=alice')).id, alice.id)
    assert.equal(await bob.api.status('GET', '/api/v1/accounts/lookup?acct=nobody'), 404)
    assert.deepEqual(usernames(await bob.api.get('/api/v1/accounts/search?q=ali')), ['alice'])
    assert.deepEqual(usernames(await bob.api.get(`/api/v1/accounts?id[]=${alice.id}&id[]=${bob.id}`)), [
      'alice',
      'bob',
    ])
  })
})

// Promises about finding and being found: trends, suggestions, the directory, announcements and reports.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { announce, withdrawAnnouncement } from '../../src/domain/announcements/announce.ts'
import { setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import { recordHostSuccess } from '../../src/store/hosts.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const HOUR = 3_600_000

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let alice: Person
  let bob: Person
  let carol: Person
  let dora: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    carol = await world.account('carol')
    dora = await world.account('dora', { role: 'moderator' })
  })
  after(() => world.stop())

  const post = async (person: Person, status: string, more: object = {}): Promise<Json> => {
    const made = await person.api.post('/api/v1/statuses', { status, ...more })
    await world.settle()
    return made
  }
  const follow = (person: Person, target: Person) => person.api.post(`/api/v1/accounts/${target.id}/follow`)
  const usernames = (list: Json[]): string[] => list.map((one) => (one.account ?? one).username)
  const later = async (): Promise<void> => {
    now += HOUR
    await world.settle()
  }

  test('what several people share is found by everybody a while later', async () => {
    const popular = await post(alice, 'popular #common')
    const quiet = await post(bob, 'quiet #common #rare')
    const hidden = await post(carol, 'for followers', { visibility: 'private' })
    await follow(bob, carol)
    await world.settle()
    for (const status of [popular, hidden]) await bob.api.post(`/api/v1/statuses/${status.id}/favourite`)
    const anybody = world.client()
    assert.deepEqual(await anybody.get('/api/v1/trends/tags'), [])
    await later()
    const tags = await anybody.get('/api/v1/trends/tags')
    assert.deepEqual(
      tags.map((tag: Json) => [tag.name, tag.history[0].accounts]),
      [['common', '2']],
    )
    const statuses = await anybody.get('/api/v1/trends/statuses')
    assert.deepEqual(
      statuses.map((status: Json) => status.id),
      [popular.id],
    )
    assert.notEqual(quiet.id, popular.id)
    assert.deepEqual(await anybody.get('/api/v1/trends/links'), [])
    await carol.api.post(`/api/v1/accounts/${alice.id}/block`)
    assert.deepEqual(await carol.api.get('/api/v1/trends/statuses'), [])
    await carol.api.post(`/api/v1/accounts/${alice.id}/unblock`)
    await bob.api.post(`/api/v1/statuses/${quiet.id}/favourite`)
    await later()
    const page = await anybody.page('/api/v1/trends/statuses?limit=1')
    assert.equal((await anybody.page(page.next ?? '')).body.length, 1)
  })

  test('friends of friends are suggested first, and whoever is hidden never again', async () => {
    await follow(alice, bob)
    await world.settle()
    const suggested = await alice.api.get('/api/v2/suggestions')
    assert.deepEqual(usernames(suggested), ['carol'])
    assert.deepEqual(suggested[0].sources, ['friends_of_friends'])
    assert.deepEqual(usernames(await alice.api.get('/api/v1/suggestions')), ['carol'])
    const popular = await carol.api.get('/api/v2/suggestions')
    assert.deepEqual(usernames(popular).toSorted(), ['alice', 'bob'])
    assert.deepEqual(popular[0].sources, ['most_followed'])
    await alice.api.delete(`/api/v1/suggestions/${carol.id}`)
    await alice.api.delete('/api/v1/suggestions/12345')
    assert.deepEqual(await alice.api.get('/api/v2/suggestions'), [])
  })

  test('other servers that are known are named, but for those that were suspended', async () => {
    const { ctx } = world.house
    for (const domain of ['known.test', 'bad.test'])
      await ctx.store.write((tx) => recordHostSuccess(tx, domain, now))
    await setPolicy(ctx, { domain: 'bad.test', severity: 'suspend' })
    assert.deepEqual(await world.client().get('/api/v1/instance/peers'), ['known.test'])
  })

  test('the directory has those who want to be found, the active or the new first', async () => {
    await carol.api.patch('/api/v1/accounts/update_credentials', { discoverable: false })
    const anybody = world.client()
    assert.deepEqual(usernames(await anybody.get('/api/v1/directory')).toSorted(), ['alice', 'bob'])
    assert.deepEqual(usernames(await anybody.get('/api/v1/directory?order=new&local=true')).toSorted(), [
      'alice',
      'bob',
      'dora',
    ])
    assert.equal((await anybody.get('/api/v1/directory?order=new&limit=1&offset=1')).length, 1)
  })

  test('an announcement reaches everybody, is put away by each, and gathers reactions', async () => {
    const { ctx } = world.house
    const id = await announce(ctx, { text: 'We **move** on Sunday' })
    const [shown] = await alice.api.get('/api/v1/announcements')
    assert.deepEqual([shown.id, shown.read, shown.reactions], [String(id), false, []])
    assert.match(shown.content, /<strong>move<\/strong>/)
    await alice.api.post(`/api/v1/announcements/${id}/dismiss`)
    assert.equal((await alice.api.get('/api/v1/announcements'))[0].read, true)
    assert.equal((await bob.api.get('/api/v1/announcements'))[0].read, false)
    const path = `/api/v1/announcements/${id}/reactions`
    for (const person of [alice, bob]) await person.api.put(`${path}/${encodeURIComponent('🎉')}`)
    const [reacted] = await alice.api.get('/api/v1/announcements')
    assert.deepEqual(reacted.reactions, [{ name: '🎉', count: 2, me: true }])
    await alice.api.delete(`${path}/${encodeURIComponent('🎉')}`)
    assert.deepEqual((await alice.api.get('/api/v1/announcements'))[0].reactions, [
      { name: '🎉', count: 1, me: false },
    ])
    assert.equal(await alice.api.status('PUT', `${path}/unheard_of`), 422)
    for (const emoji of ['😀', '😁', '😂', '🤣', '😃', '😄', '😅'])
      await alice.api.put(`${path}/${encodeURIComponent(emoji)}`)
    assert.equal(await alice.api.status('PUT', `${path}/${encodeURIComponent('😆')}`), 422)
    const brief = await announce(ctx, { text: 'soon over', endsAt: now + HOUR })
    assert.equal((await alice.api.get('/api/v1/announcements')).length, 2)
    now += 2 * HOUR
    assert.equal((await alice.api.get('/api/v1/announcements')).length, 1)
    await withdrawAnnouncement(ctx, id)
    assert.deepEqual(await alice.api.get('/api/v1/announcements'), [])
    assert.equal(await alice.api.status('POST', `/api/v1/announcements/${brief}/dismiss`), 404)
    assert.equal(await world.client().status('GET', '/api/v1/announcements'), 401)
  })

  test('a report reaches the moderators, with the posts in question', async () => {
    const bad = await post(bob, 'bad words')
    const report = await alice.api.post('/api/v1/reports', {
      account_id: bob.id,
      status_ids: [bad.id],
      comment: 'look at this',
      category: 'spam',
      forward: true,
    })
    assert.deepEqual([report.category, report.forwarded, report.status_ids], ['spam', false, [bad.id]])
    assert.equal(report.target_account.username, 'bob')
    await world.settle()
    const [told] = await dora.api.get('/api/v1/notifications?types[]=admin.report')
    assert.deepEqual([told.account.username, told.report.id], ['alice', report.id])
    const grouped = await dora.api.get('/api/v2/notifications?types[]=admin.report')
    assert.equal(grouped.notification_groups[0].report.comment, 'look at this')
    assert.deepEqual(await alice.api.get('/api/v1/notifications?types[]=admin.report'), [])
  })

  test('a report about posts that are not theirs, hidden, or with unknown rules is refused', async () => {
    const other = await post(carol, 'not his')
    const hidden = await post(bob, 'for carol @carol', { visibility: 'direct' })
    const file = (body: object) =>
      alice.api.status('POST', '/api/v1/reports', { account_id: bob.id, ...body })
    assert.equal(await file({ status_ids: [other.id] }), 404)
    assert.equal(await file({ status_ids: [hidden.id] }), 404)
    assert.equal(await file({ rule_ids: ['12'] }), 422)
    assert.equal(await file({ category: 'boring' }), 422)
    assert.equal(await file({ comment: 'x'.repeat(1001) }), 422)
    assert.equal(await file({ account_id: '123456' }), 404)
    assert.equal(await alice.api.status('POST', '/api/v1/reports', {}), 400)
  })
})

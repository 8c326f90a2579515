// Promises about finding and being found: trends, suggestions, the directory, announcements and reports.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { announce, withdrawAnnouncement } from '../../src/domain/announcements/announce.ts'
import { setFederationMode, setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import { keepWeek } from '../../src/domain/server/weekly-activity.ts'
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

  test('anybody can see how much goes on here, week by week, also when people have come again since', async () => {
    const anybody = world.client()
    const read = async (): Promise<Json[]> => {
      now += 11 * 60_000
      return anybody.get('/api/v1/instance/activity')
    }
    const before = await read()
    assert.equal(before.length, 12)
    const monday = new Date(Number(before[0].week) * 1000)
    assert.deepEqual([monday.getUTCDay(), monday.getUTCHours()], [1, 0])
    assert.equal(Number(before[0].week) - Number(before[11].week), 11 * 7 * 86_400)
    assert.ok(Number(before[0].registrations) >= 4 && Number(before[0].logins) >= 2)
    await post(alice, 'one more this week', { visibility: 'unlisted' })
    const after = await read()
    assert.equal(Number(after[0].statuses), Number(before[0].statuses) + 1)
    await keepWeek(world.house.ctx)
    now += 7 * 86_400_000
    await post(alice, 'back again')
    const later = await read()
    assert.deepEqual(later[1], after[0])
    assert.deepEqual([later[0].statuses, later[0].logins, later[0].registrations], ['1', '1', '0'])
  })

  test('policies about other servers are published only where the operator wants that, in part where said so', async (t) => {
    const anybody = world.client()
    assert.equal(await anybody.status('GET', '/api/v1/instance/domain_blocks'), 404)
    const open = await startWorld({ engine, config: { publishPolicies: true } })
    t.after(() => open.stop())
    const { ctx } = open.house
    await setPolicy(ctx, { domain: 'bad.example', severity: 'suspend', publicComment: 'spam' })
    await setPolicy(ctx, {
      domain: 'hidden.example',
      severity: 'limit',
      obfuscate: true,
      privateComment: 'pst',
    })
    await setPolicy(ctx, { domain: 'pictures.example', rejectMedia: true })
    const blocks = await open.client().get('/api/v1/instance/domain_blocks')
    const digest = (name: string): string => createHash('sha256').update(name).digest('hex')
    assert.deepEqual(blocks, [
      { domain: 'bad.example', digest: digest('bad.example'), severity: 'suspend', comment: 'spam' },
      { domain: 'hidde*.**ample', digest: digest('hidden.example'), severity: 'silence', comment: null },
    ])
  })

  test('servers are found by the beginning of their names', async () => {
    const { store } = world.house.ctx
    for (const domain of ['moot.example', 'moor.example', 'other.example', 'mo\u00f6t.example'])
      await store.write((tx) => recordHostSuccess(tx, domain, now))
    await setPolicy(world.house.ctx, { domain: 'moor.example', severity: 'suspend' })
    const anybody = world.client()
    assert.deepEqual(await anybody.get('/api/v1/peers/search?q=MOO'), ['moot.example'])
    assert.deepEqual(await anybody.get('/api/v1/peers/search?q=moo%25'), [])
    assert.deepEqual(await anybody.get('/api/v1/peers/search?q='), [])
  })

  test('what is not done here is answered as by any server that has none of it', async () => {
    const languages = await world.client().get('/api/v1/instance/languages')
    assert.ok(languages.some((one: Json) => one.code === 'de' && one.name === 'German'))
    assert.ok(languages.every((one: Json) => one.name !== one.code))
    assert.deepEqual(await world.client().get('/api/v1/instance/translation_languages'), {})
    assert.deepEqual(await alice.api.get(`/api/v1/accounts/${bob.id}/identity_proofs`), [])
    assert.equal(await alice.api.status('GET', '/api/v1/donation_campaigns'), 204)
    assert.deepEqual((await alice.api.get('/api/v1/annual_reports')).annual_reports, [])
    assert.equal((await alice.api.get('/api/v1/annual_reports/2025/state')).state, 'ineligible')
    assert.equal(await alice.api.status('GET', '/api/v1/annual_reports/2025'), 404)
    await alice.api.post('/api/v1/annual_reports/2025/generate')
  })

  test('the server says of itself what is so', async (t) => {
    const instance = await world.client().get('/api/v2/instance')
    assert.equal(instance.source_url, `${world.house.config.origin}/about`)
    assert.equal(instance.configuration.limited_federation, false)
    for (const type of instance.configuration.statuses.supported_mime_types)
      await alice.api.post('/api/v1/statuses', { status: `in ${type}`, content_type: type })
    const closed = await startWorld({ engine, config: { sourceUrl: 'https://code.example/ours' } })
    t.after(() => closed.stop())
    await setFederationMode(closed.house.ctx, 'allow-list')
    const other = await closed.client().get('/api/v2/instance')
    assert.equal(other.configuration.limited_federation, true)
    assert.equal(other.source_url, 'https://code.example/ours')
  })
})

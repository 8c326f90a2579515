// Promises to moderators: who asks is let in, reports are worked on, accounts and servers are dealt with, all of it is noted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signUp } from '../../src/domain/accounts/sign-up.ts'
import { insertAccount } from '../../src/store/accounts.ts'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const DAY = 86_400_000
const ADMIN = '/api/v1/admin'

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let mod: Person
  let alice: Person
  let bob: Person
  before(async () => {
    world = await startWorld({
      engine,
      clock: { now: () => (now += 1) },
      config: { registrations: 'approval' },
    })
    mod = await world.account('maude', { role: 'moderator' })
    alice = await world.account('alice')
    bob = await world.account('bob', { password: 'correct horse battery' })
  })
  after(() => world.stop())

  const post = async (person: Person, status: string, more: object = {}): Promise<Json> => {
    const made = await person.api.post('/api/v1/statuses', { status, ...more })
    await world.settle()
    return made
  }
  const apply = (username: string, email: string, address = '192.0.2.1') =>
    signUp(world.house.ctx, {
      username,
      email,
      password: 'a long password',
      agreement: true,
      locale: 'en',
      reason: 'I paint birds',
      address,
    })
  const remote = async (username: string, domain: string): Promise<number> => {
    const id = world.house.ctx.ids.next()
    const uri = `https://${domain}/users/${username}`
    const row = { id, username, username_key: username, domain, protocol: 'activitypub', uri }
    await world.house.ctx.store.write((tx) => insertAccount(tx, { ...row, created_at: now, updated_at: now }))
    return id
  }
  const actions = async (): Promise<string[]> => {
    const rows = await world.house.ctx.store.read
      .selectFrom('moderation_log')
      .select(['action', 'target_kind'])
      .orderBy('id')
      .execute()
    return rows.map((row) => `${row.action} ${row.target_kind}`)
  }

  test('neither people without a role nor tokens without the scope get anything', async () => {
    const scoped = world.client((await world.tokenFor(mod.accountId, ['read', 'write'])).token)
    const granular = world.client((await world.tokenFor(mod.accountId, ['admin:read:reports'])).token)
    for (const path of [`${ADMIN}/accounts`, '/api/v2/admin/accounts', `${ADMIN}/domain_blocks`]) {
      const plain = await alice.api.ask('GET', path)
      assert.deepEqual([plain.status, plain.body], [403, { error: 'This action is not allowed' }])
      assert.equal(await scoped.status('GET', path), 403)
      assert.equal(await granular.status('GET', path), 403)
      assert.equal(await world.client().status('GET', path), 401)
    }
    assert.deepEqual(await granular.get(`${ADMIN}/reports`), [])
    assert.equal(await granular.status('POST', `${ADMIN}/reports/1/resolve`), 403)
    assert.equal(await alice.api.status('GET', `${ADMIN}/accounts/1`), 403)
    assert.equal(await mod.api.status('GET', `${ADMIN}/accounts/1`), 404)
  })

  test('somebody who waits is seen with a reason, let in or turned away', async () => {
    const wren = await apply('wren', 'wren@birds.test')
    const crow = await apply('crow', 'crow@birds.test')
    const waiting = await mod.api.get('/api/v2/admin/accounts?status=pending&origin=local')
    assert.deepEqual(
      waiting.map((one: Json) => [one.username, one.invite_request, one.approved, one.email]),
      [
        ['crow', 'I paint birds', false, 'crow@birds.test'],
        ['wren', 'I paint birds', false, 'wren@birds.test'],
      ],
    )
    const let_in = await mod.api.post(`${ADMIN}/accounts/${wren.accountId}/approve`)
    assert.equal(let_in.approved, true)
    assert.equal(await mod.api.status('POST', `${ADMIN}/accounts/${wren.accountId}/approve`), 403)
    assert.deepEqual(await mod.api.post(`${ADMIN}/accounts/${crow.accountId}/reject`), {})
    assert.equal(await mod.api.status('GET', `${ADMIN}/accounts/${crow.accountId}`), 404)
    assert.deepEqual((await actions()).slice(-2), ['approve account', 'reject account'])
  })

  test('accounts are found by name, address, role and standing, page by page', async () => {
    const list = async (query: string): Promise<string[]> =>
      (await mod.api.get(`/api/v2/admin/accounts?${query}`)).map((one: Json) => one.username)
    assert.deepEqual(await list('permissions=staff'), ['maude'])
    assert.deepEqual(await list('username=ali'), ['alice'])
    assert.deepEqual(await list('email=BOB@people'), ['bob'])
    assert.deepEqual(await list('role_ids[]=1'), ['maude'])
    assert.deepEqual(await list('display_name=nobody%25'), [])
    const first = await mod.api.page('/api/v2/admin/accounts?origin=local&limit=2')
    const second = await mod.api.page(first.next ?? '')
    assert.equal(first.body.length + second.body.length, 4)
    assert.deepEqual(
      (await mod.api.get(`${ADMIN}/accounts?staff=true`)).map((one: Json) => one.username),
      ['maude'],
    )
  })

  test('a report is taken on, acted upon and closed; the person is told and may ask to look again', async () => {
    const insult = await post(bob, 'You are all fools', { visibility: 'unlisted' })
    const filed = await alice.api.post('/api/v1/reports', {
      account_id: bob.id,
      status_ids: [insult.id],
      comment: 'rude',
      category: 'other',
    })
    await world.settle()
    const [report] = await mod.api.get(`${ADMIN}/reports`)
    assert.deepEqual(
      [report.id, report.statuses[0].id, report.account.username],
      [filed.id, insult.id, 'alice'],
    )
    const taken = await mod.api.post(`${ADMIN}/reports/${report.id}/assign_to_self`)
    assert.equal(taken.assigned_account.username, 'maude')
    assert.equal((await mod.api.put(`${ADMIN}/reports/${report.id}`, { category: 'spam' })).category, 'spam')
    await mod.api.post(`${ADMIN}/accounts/${bob.id}/action`, {
      type: 'silence',
      report_id: report.id,
      text: 'Please be kind',
    })
    await world.settle()
    const closed = await mod.api.get(`${ADMIN}/reports/${report.id}`)
    assert.deepEqual([closed.action_taken, closed.action_taken_by_account.username], [true, 'maude'])
    assert.equal(closed.target_account.silenced, true)
    const [told] = await bob.api.get('/api/v1/notifications?types[]=moderation_warning')
    assert.deepEqual(
      [told.moderation_warning.action, told.moderation_warning.text],
      ['silence', 'Please be kind'],
    )
    const grouped = await bob.api.get('/api/v2/notifications?types[]=moderation_warning')
    assert.equal(grouped.notification_groups[0].moderation_warning.id, told.moderation_warning.id)
    assert.deepEqual(await mod.api.get(`${ADMIN}/reports`), [])
    assert.equal((await mod.api.get(`${ADMIN}/reports?resolved=true`)).length, 1)
    await mod.api.post(`${ADMIN}/reports/${report.id}/reopen`)
    assert.equal((await mod.api.get(`${ADMIN}/reports`)).length, 1)
    await mod.api.post(`${ADMIN}/reports/${report.id}/resolve`)
    assert.equal((await mod.api.post(`${ADMIN}/accounts/${bob.id}/unsilence`)).silenced, false)
  })

  test('a frozen account cannot be used until it is thawed', async () => {
    await mod.api.post(`${ADMIN}/accounts/${bob.id}/action`, { type: 'disable' })
    assert.equal(await bob.api.status('GET', '/api/v1/accounts/verify_credentials'), 403)
    assert.equal((await mod.api.post(`${ADMIN}/accounts/${bob.id}/enable`)).disabled, false)
    assert.equal(await bob.api.status('GET', '/api/v1/accounts/verify_credentials'), 200)
  })

  test('the media of a sensitive account are covered for everybody until that is taken back', async () => {
    const made = await post(bob, 'a picture of nothing')
    await mod.api.post(`${ADMIN}/accounts/${bob.id}/action`, { type: 'sensitive' })
    await world.settle()
    assert.equal((await alice.api.get(`/api/v1/statuses/${made.id}`)).sensitive, true)
    await mod.api.post(`${ADMIN}/accounts/${bob.id}/unsensitive`)
    await world.settle()
    assert.equal((await alice.api.get(`/api/v1/statuses/${made.id}`)).sensitive, false)
  })

  test('a suspended person is gone at once, comes back whole, and is deleted after thirty days', async () => {
    const dora = await world.account('dora')
    const word = await post(dora, 'still here')
    await alice.api.post(`/api/v1/accounts/${dora.id}/follow`)
    await world.settle()
    await mod.api.post(`${ADMIN}/accounts/${dora.id}/action`, { type: 'suspend' })
    await world.settle()
    assert.equal(await alice.api.status('GET', `/api/v1/statuses/${word.id}`), 404)
    assert.equal(await dora.api.status('GET', '/api/v1/accounts/verify_credentials'), 401)
    const [lost] = await alice.api.get('/api/v1/notifications?types[]=severed_relationships')
    assert.deepEqual(
      [lost.event.type, lost.event.target_name, lost.event.following_count],
      ['account_suspension', 'dora', 1],
    )
    const blocked = await mod.api.post(`${ADMIN}/canonical_email_blocks/test`, {
      email: 'do.ra+x@people.test',
    })
    assert.equal(blocked.length, 1)
    await mod.api.post(`${ADMIN}/accounts/${dora.id}/unsuspend`)
    await world.settle()
    assert.equal(await alice.api.status('GET', `/api/v1/statuses/${word.id}`), 200)
    assert.equal(
      (await mod.api.post(`${ADMIN}/canonical_email_blocks/test`, { email: 'dora@people.test' })).length,
      0,
    )
    assert.equal(await mod.api.status('DELETE', `${ADMIN}/accounts/${dora.id}`), 403)
    await mod.api.post(`${ADMIN}/accounts/${dora.id}/action`, { type: 'suspend' })
    await world.settle()
    now += 29 * DAY
    await world.settle()
    assert.equal((await mod.api.get(`${ADMIN}/accounts/${dora.id}`)).suspended, true)
    now += 3 * DAY
    await world.settle()
    assert.equal(await mod.api.status('GET', `${ADMIN}/accounts/${dora.id}`), 404)
  })

  test('moderators cannot act on each other, nor on themselves', async () => {
    const boss = await world.account('boss', { role: 'admin' })
    for (const target of [boss, mod])
      assert.equal(
        await mod.api.status('POST', `${ADMIN}/accounts/${target.id}/action`, { type: 'suspend' }),
        403,
      )
    assert.equal(
      (await boss.api.post(`${ADMIN}/accounts/${mod.id}/action`, { type: 'none', text: 'hm' })).id,
      undefined,
    )
  })

  test('a blocked server is gone with everybody on it, and those who lose follows are told', async () => {
    const eve = await remote('eve', 'loud.test')
    await remote('ed', 'sub.loud.test')
    await world.house.ctx.store.write((tx) =>
      tx
        .insertInto('follows')
        .values({
          account_id: eve,
          target_id: alice.accountId,
          id: world.house.ctx.ids.next(),
          accepted: 1,
          created_at: now,
        })
        .execute(),
    )
    const block = await mod.api.post(`${ADMIN}/domain_blocks`, {
      domain: 'Loud.test',
      severity: 'suspend',
      public_comment: 'spam',
    })
    await world.settle()
    assert.deepEqual([block.domain, block.severity, block.public_comment], ['loud.test', 'suspend', 'spam'])
    assert.equal((await mod.api.get(`${ADMIN}/accounts/${eve}`)).suspended, true)
    const [lost] = await alice.api.get('/api/v1/notifications?types[]=severed_relationships')
    assert.deepEqual(
      [lost.event.type, lost.event.target_name, lost.event.followers_count],
      ['domain_block', 'loud.test', 1],
    )
    const again = await mod.api.ask('POST', `${ADMIN}/domain_blocks`, {
      body: { domain: 'loud.test', severity: 'silence' },
    })
    assert.deepEqual([again.status, again.body.existing_domain_block.id], [422, block.id])
    const weaker = await mod.api.put(`${ADMIN}/domain_blocks/${block.id}`, { severity: 'silence' })
    await world.settle()
    assert.equal(weaker.severity, 'silence')
    const seen = await mod.api.get(`${ADMIN}/accounts/${eve}`)
    assert.deepEqual([seen.suspended, seen.silenced], [false, true])
    const allow = await mod.api.post(`${ADMIN}/domain_allows`, { domain: 'kind.test' })
    assert.deepEqual(
      (await mod.api.get(`${ADMIN}/domain_allows`)).map((one: Json) => one.domain),
      ['kind.test'],
    )
    assert.equal(await mod.api.status('GET', `${ADMIN}/domain_blocks/${allow.id}`), 404)
    assert.deepEqual(await mod.api.delete(`${ADMIN}/domain_allows/${allow.id}`), {})
    assert.deepEqual(await mod.api.delete(`${ADMIN}/domain_blocks/${block.id}`), {})
    await world.settle()
    assert.equal((await mod.api.get(`${ADMIN}/accounts/${eve}`)).silenced, false)
  })

  test('mail domains, mail addresses and networks are kept out at the door', async () => {
    const mails = await mod.api.post(`${ADMIN}/email_domain_blocks`, { domain: 'trash.test' })
    await assert.rejects(apply('junk', 'junk@sub.trash.test'), /cannot be used here/)
    const counted = await mod.api.get(`${ADMIN}/email_domain_blocks/${mails.id}`)
    assert.deepEqual([counted.history[0].uses, counted.history[0].accounts], ['1', '1'])
    await mod.api.delete(`${ADMIN}/email_domain_blocks/${mails.id}`)
    const hash = await mod.api.post(`${ADMIN}/canonical_email_blocks`, { email: 'some.body@kind.test' })
    await assert.rejects(apply('body', 'somebody+2@kind.test'), /cannot be used here/)
    await mod.api.delete(`${ADMIN}/canonical_email_blocks/${hash.id}`)
    const network = await mod.api.post(`${ADMIN}/ip_blocks`, {
      ip: '198.51.100.7/24',
      severity: 'sign_up_block',
      comment: 'bots',
      expires_in: 3600,
    })
    assert.equal(network.ip, '198.51.100.0/24')
    await assert.rejects(apply('bot', 'bot@kind.test', '198.51.100.99'), /from your network/)
    await mod.api.put(`${ADMIN}/ip_blocks/${network.id}`, { severity: 'sign_up_requires_approval' })
    await apply('maybe', 'maybe@kind.test', '198.51.100.99')
    assert.equal(
      await mod.api.status('POST', `${ADMIN}/ip_blocks`, { ip: '0.0.0.0/0', severity: 'no_access' }),
      422,
    )
    await mod.api.post(`${ADMIN}/ip_blocks`, { ip: '::1', severity: 'no_access' })
    await mod.api.delete(`${ADMIN}/ip_blocks/${network.id}`)
    assert.equal((await mod.api.get(`${ADMIN}/ip_blocks`)).length, 1)
  })

  test('what becomes popular can be kept from it', async () => {
    for (const person of [alice, bob]) await post(person, `see #Birds, says ${person.username}`)
    now += 20 * 60_000
    await world.settle()
    const [tag] = await mod.api.get(`${ADMIN}/trends/tags`)
    assert.deepEqual([tag.name, tag.trendable, tag.requires_review], ['Birds', null, true])
    assert.equal((await alice.api.get('/api/v1/trends/tags')).length, 1)
    assert.equal((await mod.api.post(`${ADMIN}/trends/tags/${tag.id}/reject`)).trendable, false)
    assert.deepEqual(await alice.api.get('/api/v1/trends/tags'), [])
    assert.equal(
      (await mod.api.put(`${ADMIN}/tags/${tag.id}`, { trendable: true, display_name: 'birDs' })).name,
      'birDs',
    )
    assert.equal(await mod.api.status('PUT', `${ADMIN}/tags/${tag.id}`, { display_name: 'cats' }), 422)
    assert.equal((await alice.api.get('/api/v1/trends/tags')).length, 1)
    assert.deepEqual(await mod.api.get(`${ADMIN}/trends/links`), [])
    assert.deepEqual(await mod.api.get(`${ADMIN}/trends/statuses`), [])
    assert.deepEqual(await mod.api.get(`${ADMIN}/trends/links/publishers`), [])
    assert.equal((await mod.api.get(`${ADMIN}/tags?limit=1`)).length, 1)
  })

  test('numbers say what happened, day by day', async () => {
    await alice.api.get('/api/v1/accounts/verify_credentials')
    await mod.api.get('/api/v1/accounts/verify_credentials')
    const period = { start_at: new Date(now - 40 * DAY).toISOString(), end_at: new Date(now).toISOString() }
    const keys = ['new_users', 'posts', 'interactions', 'opened_reports', 'resolved_reports', 'active_users']
    for (const time of [1, 2]) {
      const measures = await mod.api.post(`${ADMIN}/measures`, { keys: [...keys, 'nonsense'], ...period })
      const totals = Object.fromEntries(measures.map((one: Json) => [one.key, Number(one.total)]))
      assert.deepEqual(
        [totals.posts, totals.opened_reports, totals.resolved_reports],
        [4, 1, 1],
        `the ${time}. time`,
      )
      assert.ok(totals.new_users >= 4 && totals.active_users >= 2)
      assert.equal(measures[0].data.length, 41)
    }
    const about = await mod.api.post(`${ADMIN}/measures`, {
      keys: ['instance_accounts'],
      instance_accounts: { domain: 'loud.test' },
      ...period,
    })
    assert.equal(about[0].total, '1')
    const shares = await mod.api.post(`${ADMIN}/dimensions`, {
      keys: ['servers', 'languages', 'sources', 'space_usage', 'software_versions'],
      ...period,
    })
    assert.equal(shares.length, 5)
    const cohorts = await mod.api.post(`${ADMIN}/retention`, { ...period, frequency: 'month' })
    assert.ok(cohorts.length >= 1)
    assert.equal((await mod.api.post(`${ADMIN}/retention`, { ...period, frequency: 'day' })).length, 31)
    assert.equal(await mod.api.status('POST', `${ADMIN}/measures`, { keys: ['posts'] }), 400)
  })
})

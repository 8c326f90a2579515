// Promises to administrators: rules, news, emojis, settings, invitations, relays, work and files are theirs to look after.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { createBrowser } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const ADMIN = '/api/v1/admin'
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let boss: Person
  let maude: Person
  let alice: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    boss = await world.account('boss', { role: 'owner' })
    maude = await world.account('maude', { role: 'moderator' })
    alice = await world.account('alice')
  })
  after(() => world.stop())

  test('only administrators look after the server, moderators look after people', async () => {
    for (const path of ['rules', 'announcements', 'custom_emojis', 'settings', 'work', 'storage']) {
      assert.equal(await alice.api.status('GET', `${ADMIN}/${path}`), 403, path)
      assert.equal(await maude.api.status('GET', `${ADMIN}/${path}`), 403, path)
      assert.equal(await boss.api.status('GET', `${ADMIN}/${path}`), 200, path)
      assert.equal(await world.client().status('GET', `${ADMIN}/${path}`), 401, path)
    }
    assert.deepEqual(await maude.api.get(`${ADMIN}/pending`), { reports: 0, accounts: 0, appeals: 0 })
    assert.equal(await alice.api.status('GET', `${ADMIN}/pending`), 403)
  })

  test('rules are written, changed and taken back, and everybody reads them at once', async () => {
    const rule = await boss.api.post(`${ADMIN}/rules`, { text: 'Be kind', hint: 'Always' })
    await boss.api.post(`${ADMIN}/rules`, { text: 'No spam' })
    await boss.api.put(`${ADMIN}/rules/${rule.id}`, { text: 'Be kinder' })
    const shown = await world.client().get('/api/v1/instance/rules')
    assert.deepEqual(
      shown.map((one: Json) => one.text),
      ['Be kinder', 'No spam'],
    )
    await boss.api.delete(`${ADMIN}/rules/${rule.id}`)
    assert.equal((await world.client().get('/api/v1/instance/rules')).length, 1)
    assert.equal(await boss.api.status('POST', `${ADMIN}/rules`, { text: ' ' }), 400)
  })

  test('an announcement is planned, appears at its time, is changed, and goes', async () => {
    const plan = new Date(now + 3_600_000).toISOString()
    const made = await boss.api.post(`${ADMIN}/announcements`, { text: 'We **move**', published_at: plan })
    const draft = await boss.api.post(`${ADMIN}/announcements`, { text: 'Later', published_at: '' })
    assert.equal(draft.published_at, null)
    assert.deepEqual(await alice.api.get('/api/v1/announcements'), [])
    now += 3_700_000
    const [seen] = await alice.api.get('/api/v1/announcements')
    assert.match(seen.content, /<strong>move<\/strong>/)
    await boss.api.put(`${ADMIN}/announcements/${made.id}`, { text: 'We moved' })
    assert.match((await alice.api.get('/api/v1/announcements'))[0].content, /We moved/)
    await boss.api.delete(`${ADMIN}/announcements/${made.id}`)
    assert.deepEqual(await alice.api.get('/api/v1/announcements'), [])
  })

  test('an emoji is uploaded, used in a post, switched off and on, and removed', async () => {
    const form = new FormData()
    form.set('shortcode', 'blob')
    form.set('category', 'Blobs')
    form.set('image', new Blob([new Uint8Array(PNG)], { type: 'image/png' }), 'blob.png')
    const emoji = await boss.api.post(`${ADMIN}/custom_emojis`, form)
    assert.deepEqual([emoji.shortcode, emoji.category, emoji.disabled], ['blob', 'Blobs', false])
    const again = new FormData()
    again.set('shortcode', 'blob')
    again.set('image', new Blob([new Uint8Array(PNG)]), 'blob.png')
    assert.equal(await boss.api.status('POST', `${ADMIN}/custom_emojis`, again), 409)
    const [offered] = await world.client().get('/api/v1/custom_emojis')
    assert.deepEqual([offered.shortcode, offered.category], ['blob', 'Blobs'])
    const post = await alice.api.post('/api/v1/statuses', { status: 'look :blob:' })
    assert.equal(post.emojis[0].url, emoji.url)
    const wire = await fetch(post.uri, {
      headers: { accept: 'application/activity+json' },
    }).then((answer) => answer.json())
    assert.ok(wire.tag.some((tag: Json) => tag.type === 'Emoji' && tag.name === ':blob:'))
    await boss.api.patch(`${ADMIN}/custom_emojis/${emoji.id}`, { disabled: true })
    assert.deepEqual(await world.client().get('/api/v1/custom_emojis'), [])
    await boss.api.patch(`${ADMIN}/custom_emojis/${emoji.id}`, { disabled: false, category: '' })
    assert.equal((await boss.api.get(`${ADMIN}/custom_emojis?q=bl`)).length, 1)
    await boss.api.delete(`${ADMIN}/custom_emojis/${emoji.id}`)
    assert.deepEqual(await boss.api.get(`${ADMIN}/custom_emojis`), [])
  })

  test('settings count at once, over what the environment says, and until they are blank again', async () => {
    const before = await world.client().get('/api/v2/instance')
    await boss.api.patch(`${ADMIN}/settings`, {
      title: 'The Heron',
      registrations: 'approval',
      reason_required: false,
      public_timelines: 'members',
      privacy_policy: 'We keep *little*.',
      terms_of_service: 'Be fair.',
      contact_email: 'boss@here.test',
      welcome: 'Say **hello**',
    })
    const after = await world.client().get('/api/v2/instance')
    assert.equal(after.title, 'The Heron')
    assert.match(after.welcome, /<strong>hello<\/strong>/)
    assert.deepEqual(
      [after.registrations.approval_required, after.registrations.reason_required],
      [true, false],
    )
    assert.equal(after.contact.email, 'boss@here.test')
    const kept = ['timelines/public', 'timelines/tag/birds', 'trends', 'trends/tags', 'trends/statuses']
    kept.push('trends/links', 'directory', 'timelines/link?url=https://far.test/')
    for (const path of kept) {
      assert.equal(await world.client().status('GET', `/api/v1/${path}`), 401, path)
      assert.notEqual(await alice.api.status('GET', `/api/v1/${path}`), 401, path)
    }
    assert.equal((await fetch(`${world.origin}/tags/birds.rss`)).status, 404)
    assert.deepEqual(
      await alice.api.get('/api/v1/timelines/public?local=true').then((list) => list.length),
      1,
    )
    assert.match((await world.client().get('/api/v1/instance/privacy_policy')).content, /<em>little<\/em>/)
    assert.match((await world.client().get('/api/v1/instance/terms_of_service')).content, /Be fair/)
    const picture = new FormData()
    picture.set('thumbnail', new Blob([new Uint8Array(PNG)]), 'a.png')
    const shown = await boss.api.patch(`${ADMIN}/settings`, picture)
    assert.equal((await world.client().get('/api/v2/instance')).thumbnail.url, shown.thumbnail)
    assert.equal((await fetch(shown.thumbnail)).status, 200)
    await boss.api.patch(`${ADMIN}/settings`, {
      title: '',
      public_timelines: 'everyone',
      registrations: 'open',
    })
    assert.equal((await world.client().get('/api/v2/instance')).title, before.title)
    assert.equal(await boss.api.status('PATCH', `${ADMIN}/settings`, { registrations: 'maybe' }), 422)
    assert.equal(await boss.api.status('PATCH', `${ADMIN}/settings`, { contact_email: 'nobody' }), 422)
    // One part is refused: nothing of the form is saved.
    const halfWrong = { title: 'Half', welcome: 'Half', terms_effective_date: '1999-01-01' }
    assert.equal(
      await boss.api.status('PATCH', `${ADMIN}/settings`, { ...halfWrong, terms_of_service: 'Late' }),
      422,
    )
    const same = await boss.api.get(`${ADMIN}/settings`)
    assert.deepEqual([same.title, same.welcome], [before.title, 'Say **hello**'])
    assert.equal((await fetch(shown.thumbnail)).status, 200)
  })

  test('a list of servers is shown before it is taken, and comes out again', async () => {
    const csv =
      '#domain,#severity,#public_comment\nloud.test,suspend,spam\nnot a domain,suspend,\ndull.test,silence,\n'
    const preview = await maude.api.post(`${ADMIN}/domain_policies/import`, { csv })
    assert.deepEqual([preview.total, preview.imported, preview.skipped.length], [2, null, 1])
    assert.deepEqual(await maude.api.get(`${ADMIN}/domain_blocks`), [])
    assert.equal(
      (await maude.api.post(`${ADMIN}/domain_policies/import`, { csv, confirm: true })).imported,
      2,
    )
    assert.equal((await maude.api.get(`${ADMIN}/domain_blocks`)).length, 2)
    assert.match((await maude.api.get(`${ADMIN}/domain_policies/export`)).csv, /loud\.test,suspend/)
  })

  test('a list of five thousand servers is taken a portion at a time, and counts for whoever is known there', async () => {
    const { ctx } = world.house
    const name = (index: number): string => `server-${index}.loud.test`
    const addAccount = (domain: string): Promise<number> =>
      ctx.store.write(async (tx) => {
        const id = ctx.ids.next()
        const row = await tx
          .selectFrom('accounts')
          .selectAll()
          .where('id', '=', Number(alice.id))
          .executeTakeFirstOrThrow()
        const uri = `https://${domain}/users/x`
        await tx
          .insertInto('accounts')
          .values({ ...row, id, domain, uri, inbox: `${uri}/inbox`, created_at: ctx.clock.now() })
          .execute()
        return id
      })
    const [first, last, below, kind] = [
      await addAccount(name(0)),
      await addAccount(name(4999)),
      await addAccount(`deep.${name(4321)}`),
      await addAccount('kind.test'),
    ]
    const lines = (severity: string): string[] =>
      Array.from({ length: 5000 }, (_, index) => `${name(index)},${severity},"one, two\nthree"`)
    const take = async (csv: string): Promise<number[]> => {
      const portions: number[] = []
      let from: number | null = 0
      while (from !== null) {
        const done: Json = await maude.api.post(`${ADMIN}/domain_policies/import`, {
          csv,
          confirm: true,
          from,
        })
        portions.push(done.imported)
        from = done.next
      }
      await world.settle()
      return portions
    }
    const standing = async (id: number, word: string): Promise<boolean> =>
      (await maude.api.get(`${ADMIN}/accounts/${id}`))[word]
    const heading = '#domain,#severity,#public_comment'
    const csv = [heading, ...lines('silence')].join('\n')
    assert.equal((await maude.api.post(`${ADMIN}/domain_policies/import`, { csv })).total, 5000)
    assert.deepEqual(
      await take(csv),
      Array.from({ length: 10 }, () => 500),
    )
    for (const id of [first, last, below]) assert.equal(await standing(id, 'silenced'), true)
    assert.equal(await standing(kind, 'silenced'), false)
    const newest = (await maude.api.get(`${ADMIN}/log?limit=1`))[0].id
    await take(csv)
    assert.equal(
      (await maude.api.get(`${ADMIN}/log?limit=1`))[0].id,
      newest,
      'what is decided already is left alone',
    )
    await take([heading, ...lines('suspend')].join('\n'))
    for (const id of [first, last, below])
      assert.deepEqual([await standing(id, 'silenced'), await standing(id, 'suspended')], [false, true])
    assert.equal(await standing(kind, 'suspended'), false)
  })

  test('roles, notes, invitations and relays', async () => {
    const promoted = await boss.api.post(`${ADMIN}/accounts/${alice.id}/role`, { role: 'moderator' })
    assert.equal(promoted.role.name, 'Moderator')
    assert.equal(await alice.api.status('GET', `${ADMIN}/reports`), 200)
    await boss.api.post(`${ADMIN}/accounts/${alice.id}/role`, { role: 'user' })
    assert.equal(await alice.api.status('GET', `${ADMIN}/reports`), 403)
    assert.equal(await maude.api.status('POST', `${ADMIN}/accounts/${alice.id}/role`, { role: 'owner' }), 403)
    const note = await maude.api.post(`${ADMIN}/accounts/${alice.id}/notes`, { content: 'knows birds' })
    assert.equal((await boss.api.get(`${ADMIN}/accounts/${alice.id}/notes`))[0].account.username, 'maude')
    await maude.api.delete(`${ADMIN}/notes/${note.id}`)
    const invite = await maude.api.post(`${ADMIN}/invites`, { max_uses: 2, days: 7 })
    assert.deepEqual([invite.usable, invite.max_uses], [true, 2])
    await maude.api.delete(`${ADMIN}/invites/${invite.id}`)
    assert.equal((await maude.api.get(`${ADMIN}/invites`))[0].usable, false)
    const deeds = await boss.api.get(`${ADMIN}/log?account_id=${maude.id}&limit=4`)
    assert.deepEqual(deeds.map((one: Json) => [one.action, one.target_type]).slice(0, 3), [
      ['end', 'invite'],
      ['create', 'invite'],
      ['delete-note', 'account'],
    ])
    const relay = await boss.api.post(`${ADMIN}/relays`, { address: 'https://relay.test/inbox' })
    assert.equal((await boss.api.get(`${ADMIN}/relays`))[0].state, 'pending')
    await boss.api.delete(`${ADMIN}/relays/${relay.id}`)
  })

  test('a measure is appealed, and taken back when moderators agree', async () => {
    const bob = await world.account('bob')
    await maude.api.post(`${ADMIN}/accounts/${bob.id}/action`, { type: 'silence', text: 'too loud' })
    await world.settle()
    const [strike] = await bob.api.get('/api/v1/strikes')
    assert.deepEqual([strike.action, strike.appeal], ['silence', null])
    assert.equal(await alice.api.status('POST', `/api/v1/strikes/${strike.id}/appeal`, { text: 'no' }), 404)
    const appealed = await bob.api.post(`/api/v1/strikes/${strike.id}/appeal`, { text: 'It was the radio' })
    assert.deepEqual(appealed.appeal, { text: 'It was the radio', state: 'pending' })
    assert.equal(await bob.api.status('POST', `/api/v1/strikes/${strike.id}/appeal`, { text: 'again' }), 409)
    assert.equal((await maude.api.get(`${ADMIN}/pending`)).appeals, 1)
    assert.equal((await maude.api.get(`${ADMIN}/appeals`))[0].id, strike.id)
    await maude.api.post(`${ADMIN}/appeals/${strike.id}/approve`)
    assert.equal((await maude.api.get(`${ADMIN}/accounts/${bob.id}`)).silenced, false)
    assert.equal((await maude.api.get(`${ADMIN}/accounts/${bob.id}/strikes`))[0].appeal.state, 'approved')
  })

  test('a suspended or frozen person signs in to one page: it says why, takes an appeal, and gives the lists', async () => {
    const password = 'four words and more'
    for (const [name, type] of [
      ['carl', 'suspend'],
      ['cleo', 'disable'],
    ] as const) {
      const person = await world.account(name, { password })
      await person.api.post(`/api/v1/accounts/${alice.id}/follow`)
      await maude.api.post(`${ADMIN}/accounts/${person.id}/action`, { type, text: 'Spam <b>everywhere</b>' })
      await world.settle()
      const browser = createBrowser(world.origin)
      const sent = await browser.send('/auth/sign_in', { login: name, password, return_to: '/home' })
      assert.deepEqual([sent.status, sent.location], [303, '/auth/shut-out'])
      const page = await browser.open('/auth/shut-out')
      assert.match(page.text, type === 'suspend' ? /is suspended/ : /is frozen/)
      assert.match(page.text, /Spam &lt;b&gt;everywhere/)
      assert.equal(/deleted for good/.test(page.text), type === 'suspend')
      for (const closed of ['/settings/security', '/auth/client', '/auth/setup']) {
        const led = await browser.open(closed)
        assert.match(led.location ?? '', /^\/auth\/sign_in/, closed)
        assert.equal((await browser.open(led.location ?? '')).location, '/auth/shut-out')
      }
      assert.match((await browser.open('/auth/shut-out/follows.csv')).text, /alice@/)
      assert.equal((await browser.open('/auth/shut-out/posts.exe')).status, 404)
      const seal = page.field('seal')
      assert.equal((await browser.send('/auth/shut-out', { text: 'Please', seal: 'x' })).status, 403)
      const blank = await browser.send('/auth/shut-out', { text: ' ', seal })
      assert.deepEqual([blank.status, /Say why you think/.test(blank.text)], [422, true])
      assert.equal((await browser.send('/auth/shut-out', { text: 'It was my cat', seal })).status, 303)
      assert.match((await browser.open('/auth/shut-out')).text, /It was my cat[^]*will look at it/)
      const [strike] = await maude.api.get(`${ADMIN}/appeals`)
      assert.equal(strike.appeal.text, 'It was my cat')
      await maude.api.post(`${ADMIN}/appeals/${strike.id}/approve`)
      await world.settle()
      assert.equal((await browser.open('/settings/security')).status, 200, 'in again at once')
      assert.equal((await browser.open('/auth/shut-out')).location, '/auth/sign_in')
    }
  })

  test('what waits is seen, tried anew and dropped; space is measured and cleared', async () => {
    const { ctx } = world.house
    await ctx.store.write(async (tx) => {
      const job = { queue: 'facts', kind: 'no-such-kind', payload: '{}', run_at: now, created_at: now }
      await tx
        .insertInto('dead_jobs')
        .values({ ...job, id: 7, last_error: 'broken', failed_at: now })
        .execute()
      const delivery = { activity_id: 1, inbox: 'https://slow.test/inbox', host: 'slow.test', attempts: 3 }
      await tx
        .insertInto('deliveries')
        .values({ ...delivery, id: 9, next_at: now + 9_000_000, last_error: 'HTTP 502', created_at: now })
        .execute()
    })
    const work = await boss.api.get(`${ADMIN}/work`)
    assert.deepEqual([work.given_up_count, work.given_up[0].error], [1, 'broken'])
    const slow = work.hosts.find((one: Json) => one.domain === 'slow.test')
    assert.deepEqual([slow.waiting, slow.last_error], [1, 'HTTP 502'])
    assert.deepEqual(await boss.api.post(`${ADMIN}/work/hosts/slow.test/drop`), { count: 1 })
    await boss.api.post(`${ADMIN}/work/jobs/7/drop`)
    assert.equal(await boss.api.status('POST', `${ADMIN}/work/jobs/7/retry`), 404)
    assert.equal((await boss.api.get(`${ADMIN}/work`)).given_up_count, 0)
    const use = await boss.api.get(`${ADMIN}/storage`)
    assert.ok(use.database > 0)
    await boss.api.post(`${ADMIN}/storage/purge`, { days: 0 })
    await world.settle()
  })

  test('the log says who did what, newest first', async () => {
    const page = await maude.api.page(`${ADMIN}/log?limit=5`)
    assert.equal(page.body.length, 5)
    assert.deepEqual([page.body[0].action, page.body[0].account.username], ['purge', 'boss'])
    const more = await maude.api.page(page.next ?? '')
    assert.ok(more.body.length > 0)
    const own = await boss.api.get(`${ADMIN}/log?account_id=${maude.id}&target_type=appeal`)
    assert.deepEqual(
      own.map((one: Json) => one.action),
      ['grant', 'grant', 'grant'],
    )
    assert.equal(await alice.api.status('GET', `${ADMIN}/log`), 403)
  })
})

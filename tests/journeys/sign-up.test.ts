// Promises about signing up: who gets in, what has to be confirmed, and how programs are kept out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { approveAccount, listWaiting, rejectAccount } from '../../src/domain/accounts/admit-account.ts'
import { deleteAccount } from '../../src/domain/accounts/delete-account.ts'
import { createInvite } from '../../src/domain/accounts/invites.ts'
import { suspendAccount } from '../../src/domain/accounts/suspend-account.ts'
import { publishTerms, setText } from '../../src/domain/server/texts.ts'
import type { Json } from '../api-client.ts'
import { createBrowser } from '../browser.ts'
import type { Browser, Page } from '../browser.ts'
import { validateEntity } from '../contract/validate.ts'
import { forEachEngine } from '../database.ts'
import { linkIn, openMailbox } from '../mailbox.ts'
import type { Mailbox } from '../mailbox.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const DAY = 86_400_000

forEachEngine((engine) => {
  let time = Date.now()
  const clock = { now: () => time }
  let mailbox: Mailbox
  let open: World
  let approval: World
  let closed: World
  before(async () => {
    mailbox = await openMailbox()
    const start = (registrations: 'open' | 'approval' | 'closed') =>
      startWorld({ engine, clock, config: { registrations, smtpUrl: mailbox.smtpUrl } })
    open = await start('open')
    approval = await start('approval')
    closed = await start('closed')
  })
  after(async () => {
    for (const world of [open, approval, closed]) await world?.stop()
    await mailbox?.close()
  })

  const wish = (username: string, change: Json = {}): Json => ({
    username,
    email: `${username}@new.test`,
    password: PASSWORD,
    agreement: true,
    locale: 'en',
    ...change,
  })
  const appOf = async (world: World): Promise<{ token: string; app: Json }> => {
    const app: Json = await world.client().post('/api/v1/apps', {
      client_name: 'Sign-up app',
      redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'],
      scopes: 'read write follow',
    })
    const answer = await fetch(`${world.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.client_id,
        client_secret: app.client_secret,
        scope: 'read write',
      }),
    })
    return { token: (await answer.json()).access_token, app }
  }
  const fill = async (browser: Browser, fields: Record<string, string>): Promise<Page> => {
    const query = fields['invite_code'] === undefined ? '' : `?invite_code=${fields['invite_code']}`
    const page = await browser.open(`/auth/sign_up${query}`)
    assert.equal(page.status, 200, page.text)
    time += 8000
    return browser.send('/auth/sign_up', { shown: page.field('shown'), ...fields })
  }
  const form = (username: string): Record<string, string> => ({
    username,
    email: `${username}@new.test`,
    password: PASSWORD,
    agreement: '1',
  })
  const confirm = async (world: World, email: string): Promise<Page> => {
    await world.settle()
    const link = linkIn(await mailbox.latest(email, /confirm/), '/auth/confirmation')
    const page = await createBrowser(world.origin).open(link)
    assert.equal(page.status, 200, page.text)
    return createBrowser(world.origin).send('/auth/confirmation', { token: page.field('token') })
  }

  test('somebody signs up in an app, confirms the address by mail, and the same token then works everywhere', async () => {
    const { token } = await appOf(open)
    const answer = await open.client(token).ask('POST', '/api/v1/accounts', { body: wish('ann') })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.deepEqual(validateEntity('Token', answer.body), [])
    const own = open.client(answer.body.access_token)
    const early = await own.ask('GET', '/api/v1/accounts/verify_credentials')
    assert.equal(early.status, 403)
    assert.equal(early.body.error, 'Your login is missing a confirmed e-mail address')
    assert.equal(await own.get('/api/v1/emails/check_confirmation'), false)
    assert.equal((await confirm(open, 'ann@new.test')).status, 200)
    assert.equal(await own.get('/api/v1/emails/check_confirmation'), true)
    assert.equal((await own.get('/api/v1/accounts/verify_credentials')).username, 'ann')
    await own.post('/api/v1/statuses', { status: 'Here I am' })
  })

  test('an app is told of everything that is wrong with a sign-up, field by field', async () => {
    const { token } = await appOf(open)
    await open.account('taken')
    const codes = async (change: Json): Promise<Json> => {
      const answer = await open.client(token).ask('POST', '/api/v1/accounts', { body: wish('fresh', change) })
      assert.equal(answer.status, 422, JSON.stringify(answer.body))
      assert.deepEqual(validateEntity('ValidationError', answer.body), [])
      assert.match(
        answer.body.error,
        /^Validation failed: (?:Username|Email|Password|Agreement|Locale|Reason) [a-z]/,
      )
      return Object.fromEntries(
        Object.entries<Json>(answer.body.details).map(([field, list]) => [field, list[0].error]),
      )
    }
    assert.deepEqual(await codes({ username: 'Taken' }), { username: 'ERR_TAKEN' })
    assert.deepEqual(await codes({ username: 'Admin' }), { username: 'ERR_RESERVED' })
    assert.deepEqual(await codes({ username: 'an na' }), { username: 'ERR_INVALID' })
    assert.deepEqual(await codes({ username: 'a'.repeat(31) }), { username: 'ERR_TOO_LONG' })
    assert.deepEqual(await codes({ email: 'TAKEN@people.test' }), { email: 'ERR_TAKEN' })
    assert.deepEqual(await codes({ password: 'short' }), { password: 'ERR_TOO_SHORT' })
    assert.deepEqual(await codes({ agreement: false }), { agreement: 'ERR_ACCEPTED' })
    assert.deepEqual(await codes({ locale: 'not a locale' }), { locale: 'ERR_INCLUSION' })
    assert.deepEqual(await codes({ username: '', email: '', password: '', locale: '' }), {
      username: 'ERR_BLANK',
      email: 'ERR_BLANK',
      password: 'ERR_BLANK',
      locale: 'ERR_BLANK',
    })
  })

  test('what merely looks like one mail address is not taken for one', async () => {
    const { token } = await appOf(open)
    const wrong = [
      'a@b.test\n',
      'a@b.test\r\nBcc: c@d.test',
      'a@b.test,c@d.test',
      'a@b.test c@d.test',
      '"a b"@b.test',
      '"a@x"@b.test',
      'a@b.test>',
      '<a@b.test>',
      'а@b.test',
      'a@b',
      'a@[127.0.0.1]',
      'a@127.0.0.1',
      'a..b@c.test',
      '.a@b.test',
      'a@b.test.',
      'a@-b.test',
      'a@b\u200b.test',
      `${'a'.repeat(65)}@b.test`,
      'a@@b.test',
    ]
    for (const email of wrong) {
      const answer = await open
        .client(token)
        .ask('POST', '/api/v1/accounts', { body: wish('odd', { email }) })
      assert.equal(answer.status, 422, `${JSON.stringify(email)} was taken`)
      assert.equal(answer.body.details.email[0].error, 'ERR_INVALID', JSON.stringify(email))
    }
    const look = wish('odd', { email: 'odd@B\u00fccher.test' })
    await open.client(token).post('/api/v1/accounts', look)
    const twin = wish('odd2', { email: 'ODD@xn--bcher-kva.test' })
    const answer = await open.client(token).ask('POST', '/api/v1/accounts', { body: twin })
    assert.equal(answer.body.details.email[0].error, 'ERR_TAKEN')
  })

  test('only an app without a person may sign people up, and only with the scope for it', async () => {
    const alice = await open.account('alice')
    assert.equal(await alice.api.status('POST', '/api/v1/accounts', wish('nobody1')), 403)
    const { token } = await open.tokenFor(null, ['read'])
    assert.equal(await open.client(token).status('POST', '/api/v1/accounts', wish('nobody1')), 403)
    assert.equal(await open.client().status('POST', '/api/v1/accounts', wish('nobody1')), 401)
  })

  test('two people who want the same name at the same moment: one gets it, the other is told why not', async () => {
    const { token } = await appOf(open)
    const ask = (email: string) =>
      open.client(token).ask('POST', '/api/v1/accounts', { body: wish('racer', { email }) })
    const answers = await Promise.all(['r1@new.test', 'r2@new.test', 'r3@new.test'].map(ask))
    assert.deepEqual(
      answers.map((answer) => answer.status).toSorted((a, b) => a - b),
      [200, 422, 422],
    )
    for (const { status, body } of answers)
      if (status === 422) assert.equal(body.details.username[0].error, 'ERR_TAKEN')
  })

  test('the name of a deleted account stays taken for ever', async () => {
    const gone = await open.account('gone')
    await deleteAccount(open.house.ctx, gone.accountId)
    await open.settle()
    const { token } = await appOf(open)
    const answer = await open.client(token).ask('POST', '/api/v1/accounts', { body: wish('gone') })
    assert.equal(answer.body.details.username[0].error, 'ERR_TAKEN')
  })

  test('somebody signs up on the page without scripts, confirms, and is let in', async () => {
    const browser = createBrowser(open.origin)
    const sent = await fill(browser, form('paula'))
    assert.equal(sent.status, 303, sent.text)
    assert.equal(sent.location, '/auth/setup')
    assert.match((await browser.open('/auth/setup')).text, /paula@new\.test/)
    const done = await confirm(open, 'paula@new.test')
    assert.match(done.text, /is confirmed/)
    assert.equal((await browser.open('/auth/setup')).location, '/auth/client?return_to=/start')
    assert.equal((await browser.open('/settings/security')).status, 200)
  })

  test('the page says what is wrong beside each field and keeps what was typed, but never the password', async () => {
    const sent = await fill(createBrowser(open.origin), { ...form('admin'), agreement: '' })
    assert.equal(sent.status, 422)
    assert.match(sent.text, /The name is reserved\./)
    assert.match(sent.text, /The agreement to the rules must be given\./)
    assert.match(sent.text, /value="admin@new\.test"/)
    assert.ok(!sent.text.includes(PASSWORD))
  })

  test('programs that fill in hidden fields, or are faster than people, get no account', async () => {
    const browser = createBrowser(open.origin)
    assert.equal((await fill(browser, { ...form('robot'), homepage: 'https://spam.test' })).status, 422)
    const page = await browser.open('/auth/sign_up')
    const fast = await browser.send('/auth/sign_up', { shown: page.field('shown'), ...form('robot') })
    assert.equal(fast.status, 422)
    assert.equal((await browser.send('/auth/sign_up', form('robot'))).status, 422)
    const forged = await browser.send('/auth/sign_up', {
      shown: `${time - 60_000}.${'A'.repeat(22)}`,
      ...form('robot'),
    })
    assert.equal(forged.status, 422)
    assert.equal(await open.client().status('GET', '/api/v1/accounts/lookup?acct=robot'), 404)
  })

  test('another site cannot sign anybody up', async () => {
    const page = await createBrowser(open.origin).open('/auth/sign_up')
    time += 8000
    const fields = { shown: page.field('shown'), ...form('victim') }
    const sent = await createBrowser(open.origin).send('/auth/sign_up', fields, {
      origin: 'https://evil.test',
    })
    assert.equal(sent.status, 403)
  })

  test('a confirmation link works once, not for ever, and not by merely being looked at', async () => {
    await fill(createBrowser(open.origin), form('linus'))
    await open.settle()
    const link = linkIn(await mailbox.latest('linus@new.test', /confirm/), '/auth/confirmation')
    const browser = createBrowser(open.origin)
    const token = (await browser.open(link)).field('token')
    assert.equal((await browser.open(link)).status, 200)
    time += 49 * 3_600_000
    assert.equal((await browser.send('/auth/confirmation', { token })).status, 404)
    await browser.send('/auth/confirmation/new', { email: 'linus@new.test' })
    await open.settle()
    const mails = mailbox.received.filter((mail) => mail.to === 'linus@new.test')
    assert.equal(mails.length, 2)
    const fresh = (await browser.open(linkIn(mails[1] ?? mails[0]!, '/auth/confirmation'))).field('token')
    assert.equal((await browser.send('/auth/confirmation', { token: fresh })).status, 200)
    assert.equal((await browser.send('/auth/confirmation', { token: fresh })).status, 404)
  })

  test('a mistyped address is corrected before it was confirmed; the link to the old one is dead', async () => {
    const browser = createBrowser(open.origin)
    await fill(browser, form('typo'))
    await open.settle()
    const old = linkIn(await mailbox.latest('typo@new.test', /confirm/), '/auth/confirmation')
    const setup = await browser.open('/auth/setup')
    const seal = setup.field('seal')
    await browser.send('/auth/setup', { seal, wish: 'change', email: 'typo2@new.test' })
    assert.equal((await browser.open(old)).status, 404)
    assert.equal((await confirm(open, 'typo2@new.test')).status, 200)
  })

  test('an app has the mail sent again for the person that it signed up, and for nobody else', async () => {
    const { token } = await appOf(open)
    const made = await open.client(token).post('/api/v1/accounts', wish('again'))
    const own = open.client(made.access_token)
    await open.settle()
    await mailbox.latest('again@new.test', /confirm/)
    assert.deepEqual(await own.post('/api/v1/emails/confirmations'), {})
    await open.settle()
    assert.equal(mailbox.count('again@new.test'), 2)
    const alice = await open.account('alice')
    assert.equal(await alice.api.status('POST', '/api/v1/emails/confirmations'), 403)
    assert.equal(await open.client(token).status('POST', '/api/v1/emails/confirmations'), 422)
    assert.equal((await confirm(open, 'again@new.test')).status, 200)
    assert.equal(await own.status('POST', '/api/v1/emails/confirmations'), 403)
  })

  test('a name that somebody asked for and never confirmed is free again after a week', async () => {
    const { token } = await appOf(open)
    await open.client(token).post('/api/v1/accounts', wish('squat'))
    const again = { body: wish('squat', { email: 'second@new.test' }) }
    assert.equal((await open.client(token).ask('POST', '/api/v1/accounts', again)).status, 422)
    time += 8 * DAY
    assert.equal((await open.client(token).ask('POST', '/api/v1/accounts', again)).status, 200)
  })

  test('with approval a reason is asked for, moderators are told, and only their yes lets somebody in', async () => {
    const admin = await approval.account('admin_of_this', { role: 'admin' })
    const { token } = await appOf(approval)
    const none = await approval.client(token).ask('POST', '/api/v1/accounts', { body: wish('wanda') })
    assert.equal(none.body.details.reason[0].error, 'ERR_BLANK')
    const reason = 'I knit and write about it'
    const made = await approval.client(token).post('/api/v1/accounts', wish('wanda', { reason }))
    const own = approval.client(made.access_token)
    await confirm(approval, 'wanda@new.test')
    const pending = await own.ask('GET', '/api/v1/timelines/home')
    assert.equal(pending.status, 403)
    assert.equal(pending.body.error, 'Your login is currently pending approval')
    const told = await admin.api.get<Json[]>('/api/v1/notifications?types[]=admin.sign_up')
    assert.equal(told[0].account.username, 'wanda')
    const [waiting] = await listWaiting(approval.house.ctx)
    assert.ok(waiting)
    assert.equal(await approveAccount(approval.house.ctx, waiting), true)
    await mailbox.latest('wanda@new.test', /Welcome/)
    assert.equal((await own.ask('GET', '/api/v1/timelines/home')).status, 200)
  })

  test('somebody who is turned away gets a mail, and leaves no trace that could keep the name', async () => {
    const { token } = await appOf(approval)
    const reason = 'Buy my pills'
    const made = await approval.client(token).post('/api/v1/accounts', wish('spam', { reason }))
    await approval.settle()
    const [id] =
      (await listWaiting(approval.house.ctx)).length > 0 ? await listWaiting(approval.house.ctx) : []
    assert.equal(id, undefined, 'who has not confirmed is not shown to moderators as waiting')
    await confirm(approval, 'spam@new.test')
    const [waiting] = await listWaiting(approval.house.ctx)
    assert.equal(await rejectAccount(approval.house.ctx, waiting ?? 0, 'No advertising, please.'), true)
    assert.match((await mailbox.latest('spam@new.test', /request/)).text, /No advertising, please\./)
    const own = approval.client(made.access_token)
    assert.equal(await own.status('GET', '/api/v1/accounts/verify_credentials'), 401)
    await approval.client(token).post('/api/v1/accounts', wish('spam', { reason: 'Sorry' }))
  })

  test('a closed server lets nobody in but those with an invitation, as often as it says', async () => {
    const boss = await closed.account('boss', { role: 'owner' })
    const user = await closed.account('plain')
    const { token } = await appOf(closed)
    assert.equal(await closed.client(token).status('POST', '/api/v1/accounts', wish('iris')), 403)
    assert.equal((await createBrowser(closed.origin).open('/auth/sign_up')).status, 403)
    const terms = { maxUses: 1, days: 7, autoFollow: true }
    await assert.rejects(createInvite(closed.house.ctx, user.accountId, terms), /only moderators/)
    const invite = await createInvite(closed.house.ctx, boss.accountId, terms)
    const json = { headers: { accept: 'application/json' } }
    const shown = await fetch(`${closed.origin}/invite/${invite.code}`, json)
    assert.deepEqual(validateEntity('Invite', await shown.json()), [])
    assert.match(
      (await createBrowser(closed.origin).open(`/invite/${invite.code}`)).text,
      /@boss invites you/,
    )
    const body = wish('iris', { invite_code: invite.code })
    const made = await closed.client(token).post('/api/v1/accounts', body)
    assert.equal((await fetch(`${closed.origin}/invite/${invite.code}`, json)).status, 401)
    assert.equal((await fetch(`${closed.origin}/invite/unknown`, json)).status, 404)
    const late = wish('late', { invite_code: invite.code })
    assert.equal(await closed.client(token).status('POST', '/api/v1/accounts', late), 403)
    await confirm(closed, 'iris@new.test')
    const own = closed.client(made.access_token)
    const [relation] = await own.get<Json[]>(`/api/v1/accounts/relationships?id[]=${boss.id}`)
    assert.equal(relation.following, true)
  })

  test('an invitation for one lets one in, however many come at the same moment; it ends with its time or its giver', async () => {
    const boss = await closed.account('boss', { role: 'owner' })
    const other = await closed.account('other_mod', { role: 'moderator' })
    const { token } = await appOf(closed)
    const once = await createInvite(closed.house.ctx, boss.accountId, {
      maxUses: 1,
      days: 1,
      autoFollow: false,
    })
    const names = ['crowd1', 'crowd2', 'crowd3']
    const answers = await Promise.all(
      names.map((name) =>
        closed.client(token).status('POST', '/api/v1/accounts', wish(name, { invite_code: once.code })),
      ),
    )
    assert.deepEqual(
      answers.toSorted((a, b) => a - b),
      [200, 403, 403],
    )
    const many = { maxUses: null, days: 1, autoFollow: false }
    const timed = await createInvite(closed.house.ctx, boss.accountId, many)
    time += 2 * DAY
    const late = wish('late1', { invite_code: timed.code })
    assert.equal(await closed.client(token).status('POST', '/api/v1/accounts', late), 403)
    const givers = await createInvite(closed.house.ctx, other.accountId, many)
    await suspendAccount(closed.house.ctx, other.accountId)
    const orphan = wish('late2', { invite_code: givers.code })
    assert.equal(await closed.client(token).status('POST', '/api/v1/accounts', orphan), 403)
  })

  test('sign-ups are counted by address, whether they come from apps or from the page', async () => {
    const strict = await startWorld({ engine, clock, config: { registrations: 'open', rateLimits: true } })
    try {
      const { token } = await appOf(strict)
      for (let i = 0; i < 3; i++)
        assert.equal(await strict.client(token).status('POST', '/api/v1/accounts', wish(`many${i}`)), 200)
      const browser = createBrowser(strict.origin)
      for (let i = 0; i < 2; i++)
        assert.equal((await fill(createBrowser(strict.origin), form(`page${i}`))).status, 303)
      assert.equal((await fill(browser, form('page3'))).status, 429)
      const forwarded = await strict.client(token).ask('POST', '/api/v1/accounts', { body: wish('many9') })
      assert.equal(forwarded.status, 429)
    } finally {
      await strict.stop()
    }
  })

  test('the texts of the server are shown to people and apps, and each version of the terms in its time', async () => {
    const { ctx } = open.house
    const anyone = open.client()
    assert.deepEqual(await anyone.get('/api/v1/instance/extended_description'), {
      updated_at: null,
      content: '',
    })
    assert.equal(await anyone.status('GET', '/api/v1/instance/terms_of_service'), 404)
    await setText(ctx, 'description', 'A place for **weavers** <script>alert(1)</script>')
    await setText(ctx, 'privacy', 'We keep little.')
    const described: Json = await anyone.get('/api/v1/instance/extended_description')
    assert.match(described.content, /<strong>weavers<\/strong>/)
    assert.ok(!described.content.includes('<script'))
    assert.match((await anyone.get('/api/v1/instance/privacy_policy')).content, /We keep little/)
    assert.match((await createBrowser(open.origin).open('/privacy-policy')).text, /We keep little/)
    const today = new Date(time).toISOString().slice(0, 10)
    const later = new Date(time + 30 * DAY).toISOString().slice(0, 10)
    await publishTerms(ctx, 'First terms', today)
    await publishTerms(ctx, 'Second terms', later)
    const now: Json = await anyone.get('/api/v1/instance/terms_of_service')
    assert.deepEqual([now.effective_date, now.effective, now.succeeded_by], [today, true, later])
    const next: Json = await anyone.get(`/api/v1/instance/terms_of_service/${later}`)
    assert.deepEqual([next.effective, next.succeeded_by], [false, null])
    time += 31 * DAY
    assert.match((await anyone.get('/api/v1/instance/terms_of_service')).content, /Second terms/)
    await assert.rejects(publishTerms(ctx, 'Too late', today), /past/)
    assert.match((await createBrowser(open.origin).open(`/terms-of-service/${today}`)).text, /First terms/)
  })
})

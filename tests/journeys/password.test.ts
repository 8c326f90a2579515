// Promises about passwords and mail addresses: how they are changed, and that nobody learns who has an account.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrowser } from '../browser.ts'
import type { Browser, Page } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { linkIn, openMailbox } from '../mailbox.ts'
import type { Mailbox } from '../mailbox.ts'
import { mustOpen } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const NEXT = 'quite another password'

forEachEngine((engine) => {
  let time = Date.now()
  let mailbox: Mailbox
  let world: World
  before(async () => {
    mailbox = await openMailbox()
    const config = { registrations: 'closed', smtpUrl: mailbox.smtpUrl } as const
    world = await startWorld({ engine, clock: { now: () => time }, config })
  })
  after(async () => {
    await world?.stop()
    await mailbox?.close()
  })

  const openStream = async (token: string): Promise<StreamReader> =>
    (await mustOpen(world.origin, { query: `?stream=user&access_token=${token}` })).reader

  const signIn = (browser: Browser, login: string, password: string): Promise<Page> =>
    browser.send('/auth/sign_in', { login, password, return_to: '/auth/edit' })
  const signedIn = async (login: string, password = PASSWORD): Promise<Browser> => {
    const browser = createBrowser(world.origin)
    const sent = await signIn(browser, login, password)
    assert.equal(sent.location, '/auth/edit', sent.text)
    return browser
  }
  const resetLink = async (email: string): Promise<string> => {
    await createBrowser(world.origin).send('/auth/password', { email })
    await world.settle()
    return linkIn(await mailbox.latest(email, /new password/), '/auth/password/edit')
  }

  test('a forgotten password is replaced by mail, and everything that the old one opened ends', async () => {
    const anna = await world.account('anna', { password: PASSWORD })
    const browser = await signedIn('anna')
    const stream = await openStream(anna.token)
    const link = await resetLink('anna@people.test')
    const visitor = createBrowser(world.origin)
    const token = (await visitor.open(link)).field('token')
    const short = await visitor.send('/auth/password/edit', { token, password: 'short' })
    assert.equal(short.status, 422)
    assert.equal((await visitor.send('/auth/password/edit', { token, password: NEXT })).status, 200)
    assert.equal(await anna.api.status('GET', '/api/v1/accounts/verify_credentials'), 401)
    await stream.ended()
    assert.match((await browser.open('/auth/edit')).location ?? '', /^\/auth\/sign_in/)
    assert.equal((await signIn(createBrowser(world.origin), 'anna', PASSWORD)).status, 401)
    await signedIn('anna', NEXT)
    await world.settle()
    await mailbox.latest('anna@people.test', /password was changed/)
  })

  test('a reset link works once, for two hours, and a newer one takes its place', async () => {
    await world.account('ben', { password: PASSWORD })
    const first = await resetLink('ben@people.test')
    const visitor = createBrowser(world.origin)
    const oldToken = (await visitor.open(first)).field('token')
    await visitor.send('/auth/password', { email: 'BEN@people.test ' })
    await world.settle()
    assert.equal((await visitor.send('/auth/password/edit', { token: oldToken, password: NEXT })).status, 404)
    assert.equal(mailbox.count('ben@people.test'), 2)
    const second = linkIn(
      mailbox.received.findLast((mail) => mail.to === 'ben@people.test')!,
      '/auth/password/edit',
    )
    const token = (await visitor.open(second)).field('token')
    time += 2 * 3_600_000 + 1
    assert.equal((await visitor.send('/auth/password/edit', { token, password: NEXT })).status, 404)
    const third = await resetLink('ben@people.test')
    const good = (await visitor.open(third)).field('token')
    const [one, two] = await Promise.all([
      visitor.send('/auth/password/edit', { token: good, password: NEXT }),
      visitor.send('/auth/password/edit', { token: good, password: `${NEXT} 2` }),
    ])
    assert.deepEqual(
      [one.status, two.status].toSorted((a, b) => a - b),
      [200, 404],
    )
  })

  test('asking for a new password never tells whether somebody has that address', async () => {
    await world.account('cleo', { password: PASSWORD })
    const visitor = createBrowser(world.origin)
    const known = await visitor.send('/auth/password', { email: 'cleo@people.test' })
    const unknown = await visitor.send('/auth/password', { email: 'nobo@people.test' })
    const plain = (page: Page): string => page.text.replace(/(cleo|nobo)@people\.test/g, '')
    assert.equal(known.status, unknown.status)
    assert.equal(plain(known), plain(unknown))
    await world.settle()
    assert.equal(mailbox.count('nobo@people.test'), 0)
    const again = await visitor.send('/auth/confirmation/new', { email: 'nobo@people.test' })
    const same = await visitor.send('/auth/confirmation/new', { email: 'cleo@people.test' })
    assert.equal(plain(again), plain(same))
  })

  test('a password is changed with the old one; this browser stays signed in, nothing else does', async () => {
    const dora = await world.account('dora', { password: PASSWORD })
    const browser = await signedIn('dora')
    const other = await signedIn('dora')
    const seal = (await browser.open('/auth/edit')).field('seal')
    const send = (current: string, password: string): Promise<Page> =>
      browser.send('/auth/edit/password', { seal, current, password })
    assert.equal((await send('wrong', NEXT)).status, 401)
    assert.equal((await send(PASSWORD, 'short')).status, 422)
    assert.equal((await send(PASSWORD, NEXT)).location, '/auth/edit?done=password')
    assert.equal((await browser.open('/auth/edit')).status, 200)
    assert.match((await other.open('/auth/edit')).location ?? '', /sign_in/)
    assert.equal(await dora.api.status('GET', '/api/v1/accounts/verify_credentials'), 401)
  })

  test('a new mail address counts once it is confirmed, and the old one is told', async () => {
    await world.account('elias', { password: PASSWORD })
    await world.account('owner_of_it')
    const browser = await signedIn('elias')
    const seal = (await browser.open('/auth/edit')).field('seal')
    const send = (email: string, current = PASSWORD): Promise<Page> =>
      browser.send('/auth/edit/email', { seal, email, current })
    assert.equal((await send('new@elsewhere.test', 'wrong')).status, 401)
    assert.equal((await send('owner_of_it@people.test')).status, 409)
    assert.equal((await send('new@elsewhere.test')).status, 303)
    await world.settle()
    assert.match((await browser.open('/auth/edit')).text, /new@elsewhere\.test waits to be confirmed/)
    await signedIn('elias@people.test')
    const link = linkIn(await mailbox.latest('new@elsewhere.test', /confirm your new/), '/auth/confirmation')
    const token = (await browser.open(link)).field('token')
    assert.equal((await browser.send('/auth/confirmation', { token })).status, 200)
    await signedIn('new@elsewhere.test')
    assert.equal((await signIn(createBrowser(world.origin), 'elias@people.test', PASSWORD)).status, 401)
    await world.settle()
    await mailbox.latest('elias@people.test', /address was changed/)
  })

  test('two people who want the same new address: whoever confirms first has it', async () => {
    for (const name of ['finn', 'gina']) {
      await world.account(name, { password: PASSWORD })
      const browser = await signedIn(name)
      const seal = (await browser.open('/auth/edit')).field('seal')
      await browser.send('/auth/edit/email', { seal, email: 'shared@elsewhere.test', current: PASSWORD })
      await world.settle()
    }
    const mails = mailbox.received.filter((mail) => mail.to === 'shared@elsewhere.test')
    const visitor = createBrowser(world.origin)
    const statuses = []
    for (const mail of mails) {
      const token = (await visitor.open(linkIn(mail, '/auth/confirmation'))).field('token')
      statuses.push((await visitor.send('/auth/confirmation', { token })).status)
    }
    assert.deepEqual(statuses, [200, 409])
  })

  test('another site, or a page without the session, changes nothing', async () => {
    await world.account('hana', { password: PASSWORD })
    const browser = await signedIn('hana')
    const seal = (await browser.open('/auth/edit')).field('seal')
    const form = { seal, current: PASSWORD, password: NEXT }
    const evil = await browser.send('/auth/edit/password', form, { origin: 'https://evil.test' })
    assert.equal(evil.status, 403)
    assert.equal((await browser.send('/auth/edit/password', { ...form, seal: 'x' })).status, 403)
    await signedIn('hana', PASSWORD)
  })

  test('password managers find the page, and signing in never leads to another site', async () => {
    const visitor = createBrowser(world.origin)
    assert.equal((await visitor.open('/.well-known/change-password')).location, '/auth/edit')
    await world.account('ivo', { password: PASSWORD })
    for (const to of [
      '//evil.test',
      '/\\evil.test',
      'https://evil.test',
      '/\t/evil.test',
      ' //evil.test',
      '/%0d%0a//x\n',
    ]) {
      const form = { login: 'ivo', password: PASSWORD, return_to: to }
      const sent = await createBrowser(world.origin).send('/auth/sign_in', form)
      assert.equal(sent.location, '/', to)
    }
  })

  test('guessing is stopped by account and by address, whatever headers say', async () => {
    const strict = await startWorld({ engine, config: { rateLimits: true, trustProxy: ['127.0.0.0/8'] } })
    try {
      await strict.account('jan', { password: PASSWORD })
      const guess = (login: string, from: string) =>
        createBrowser(strict.origin).send(
          '/auth/sign_in',
          { login, password: 'wrong' },
          { 'x-forwarded-for': from, forwarded: 'for=9.9.9.9', 'x-real-ip': '9.9.9.9' },
        )
      for (let i = 0; i < 25; i++) assert.equal((await guess('jan', `203.0.113.${i}`)).status, 401)
      assert.equal((await guess('jan', '203.0.113.99')).status, 429)
      for (const same of ['JAN', ' jan', 'jan  ', '@jan', 'jan@people.test', ' JAN@people.test\t'])
        assert.equal((await guess(same, '203.0.113.98')).status, 429, same)
      for (let i = 0; i < 25; i++)
        assert.equal((await guess(`x${i}`, `evil, 10.1.1.${i}, 2001:db8::${i + 1}`)).status, 401)
      assert.equal((await guess('x99', '2001:db8::ffff')).status, 429)
      const ask = (email: string) => createBrowser(strict.origin).send('/auth/password', { email })
      for (let i = 0; i < 5; i++) assert.equal((await ask('jan@people.test')).status, 200)
      assert.equal((await ask('jan@people.test')).status, 429)
      assert.equal((await ask('unknown@people.test')).status, 200)
    } finally {
      await strict.stop()
    }
  })
})

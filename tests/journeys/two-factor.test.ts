// Promises about the second factor: nobody gets in with the password alone, and no code works twice.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { checkSecondFactor, dropTwoFactor } from '../../src/domain/sign-in/two-factor.ts'
import { createTokenSeal } from '../../src/platform/token-seal.ts'
import { createBrowser } from '../browser.ts'
import type { Browser, Page } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const PATH = '/settings/security/two-factor'
const STEP_MS = 30_000

interface Phone {
  browser: Browser
  /** Base32, as shown for typing. */
  secret: string
  /** What the authenticator app shows now, or some steps away. */
  code: (steps?: number) => string
  recovery: string[]
}

forEachEngine((engine) => {
  let time = Date.now()
  let world: World
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => time } })
  })
  after(() => world?.stop())

  const password = (browser: Browser, login: string): Promise<Page> =>
    browser.send('/auth/sign_in', { login, password: PASSWORD, return_to: '/settings/security' })
  const second = (browser: Browser, code: string, address = '203.0.113.7'): Promise<Page> =>
    browser.send(
      '/auth/sign_in/code',
      { code, return_to: '/settings/security' },
      { 'x-forwarded-for': address },
    )
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.open('/settings/security')).status === 200
  const halfWay = async (login: string): Promise<Browser> => {
    const browser = createBrowser(world.origin)
    const sent = await password(browser, login)
    assert.match(sent.location ?? '', /^\/auth\/sign_in\/code/, sent.text)
    return browser
  }
  const set = async (browser: Browser, form: string, fields: Record<string, string> = {}): Promise<Page> => {
    const seal = (await browser.open(PATH)).field('seal')
    return browser.send(`${PATH}/${form}`, { seal, ...fields })
  }
  const codesOn = (page: Page): string[] =>
    [...page.text.matchAll(/<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})<\/li>/g)].map((match) => match[1] ?? '')
  const accountId = async (name: string): Promise<number> =>
    Number((await world.client().get(`/api/v1/accounts/lookup?acct=${name}`)).id)
  const keptSecret = async (id: number): Promise<string> => {
    const users = world.house.ctx.store.read.selectFrom('users').select('otp_secret')
    return (await users.where('account_id', '=', id).executeTakeFirstOrThrow()).otp_secret ?? ''
  }
  const keepSecret = (id: number, otp_secret: string) =>
    world.house.ctx.store.write((tx) =>
      tx.updateTable('users').set({ otp_secret }).where('account_id', '=', id).execute(),
    )
  const withPhone = async (name: string): Promise<Phone> => {
    await world.account(name, { password: PASSWORD })
    const browser = createBrowser(world.origin)
    assert.equal((await password(browser, name)).location, '/settings/security')
    await set(browser, 'begin')
    const page = await browser.open(PATH)
    const secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(' ', '') ?? ''
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const code = (steps = 0): string => totp.generate({ timestamp: time + steps * STEP_MS })
    const on = await set(browser, 'on', { password: PASSWORD, code: code() })
    assert.equal(on.status, 200, on.text)
    time += STEP_MS
    return { browser, secret, code, recovery: codesOn(on) }
  }

  test('it is switched on with a code that proves the app, and then the password alone lets nobody in', async () => {
    const { code, recovery } = await withPhone('anna')
    assert.equal(new Set(recovery).size, 10)
    const browser = await halfWay('anna')
    assert.equal(await isIn(browser), false)
    assert.equal((await second(browser, '000000')).status, 401)
    const sent = await second(browser, `${code().slice(0, 3)} ${code().slice(3)}`)
    assert.equal(sent.location, '/settings/security')
    assert.equal(await isIn(browser), true)
  })

  test('a wrong code, a wrong password or no secret switches nothing on', async () => {
    await world.account('ben', { password: PASSWORD })
    const browser = createBrowser(world.origin)
    await password(browser, 'ben')
    assert.equal((await set(browser, 'on', { password: PASSWORD, code: '123456' })).status, 401)
    await set(browser, 'begin')
    assert.equal((await set(browser, 'on', { password: PASSWORD, code: '123456' })).status, 401)
    const page = await browser.open(PATH)
    const secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(' ', '') ?? ''
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time })
    assert.equal((await set(browser, 'on', { password: 'wrong', code })).status, 401)
    assert.equal((await password(createBrowser(world.origin), 'ben')).location, '/settings/security')
  })

  test('a code works once: whoever saw it typed cannot use it, nor an older one', async () => {
    const { code } = await withPhone('cleo')
    const now = code()
    assert.equal((await second(await halfWay('cleo'), now)).status, 303)
    assert.equal((await second(await halfWay('cleo'), now)).status, 401)
    assert.equal((await second(await halfWay('cleo'), code(-1))).status, 401)
    assert.equal((await second(await halfWay('cleo'), code(1))).status, 303)
    time += 2 * STEP_MS
    const fresh = code()
    const both = await Promise.all([halfWay('cleo'), halfWay('cleo')])
    const answers = await Promise.all(both.map((browser) => second(browser, fresh)))
    assert.deepEqual(
      answers.map((page) => page.status).toSorted((a, b) => a - b),
      [303, 401],
    )
  })

  test('a recovery code lets in once; new ones replace all old ones', async () => {
    const { browser, code, recovery } = await withPhone('dora')
    const [first = '', secondCode = '', third = ''] = recovery
    assert.equal((await second(await halfWay('dora'), first.toUpperCase().replaceAll('-', ' '))).status, 303)
    assert.equal((await second(await halfWay('dora'), first)).status, 401)
    const both = await Promise.all([halfWay('dora'), halfWay('dora')])
    const answers = await Promise.all(both.map((one) => second(one, secondCode)))
    assert.deepEqual(
      answers.map((page) => page.status).toSorted((a, b) => a - b),
      [303, 401],
    )
    assert.match((await browser.open(PATH)).text, /8 recovery codes/)
    const renewed = await set(browser, 'change', { wish: 'renew', password: PASSWORD, code: code() })
    assert.equal(codesOn(renewed).length, 10)
    assert.equal((await second(await halfWay('dora'), third)).status, 401)
  })

  test('switching it off takes the password and a code', async () => {
    const { browser, code } = await withPhone('elsa')
    const off = (fields: Record<string, string>) => set(browser, 'change', { wish: 'off', ...fields })
    assert.equal((await off({ password: PASSWORD, code: '000000' })).status, 401)
    assert.equal((await off({ password: 'wrong', code: code() })).status, 401)
    assert.equal((await off({ password: PASSWORD, code: code() })).status, 303)
    assert.equal((await password(createBrowser(world.origin), 'elsa')).location, '/settings/security')
  })

  test('the time between password and code is short, and a ticket cannot be made up or carried over', async () => {
    const { code } = await withPhone('fay')
    const slow = await halfWay('fay')
    time += 5 * 60_000 + 1
    assert.match((await second(slow, code())).location ?? '', /^\/auth\/sign_in\?/)
    const forger = createBrowser(world.origin)
    const ticket = (await halfWay('fay')).cookies.get('folkmoot_half_way') ?? ''
    const [id = '', until = '', seal = ''] = ticket.split('.')
    for (const forged of [
      `${Number(id) + 1}.${until}.${seal}`,
      `${id}.${Number(until) + 1}.${seal}`,
      `${id}.${until}.${'A'.repeat(43)}`,
    ]) {
      forger.cookies.set('folkmoot_half_way', forged)
      assert.match((await second(forger, code())).location ?? '', /^\/auth\/sign_in\?/, forged)
    }
    assert.match(
      (await createBrowser(world.origin).open('/auth/sign_in/code')).location ?? '',
      /^\/auth\/sign_in\?/,
    )
  })

  test('guessing codes ends after ten tries, on another address as well, and for recovery codes too', async () => {
    const { code, recovery } = await withPhone('gus')
    for (let i = 0; i < 9; i++) {
      const guess = i % 2 === 0 ? `00000${i}` : `aaaa-bbbb-cccc-ddd${i}`
      assert.equal((await second(await halfWay('gus'), guess, `198.51.100.${i}`)).status, 401, guess)
    }
    assert.equal((await second(await halfWay('gus'), code())).status, 429)
    assert.equal((await second(await halfWay('gus'), recovery[0] ?? '')).status, 429)
  })

  test('the database alone makes no codes: secrets lie sealed in it, each for its account only', async () => {
    const [kim, lea] = [await withPhone('kim'), await withPhone('lea')]
    const [kimId, leaId] = [await accountId('kim'), await accountId('lea')]
    const rows = JSON.stringify(await world.house.ctx.store.read.selectFrom('users').selectAll().execute())
    for (const { secret } of [kim, lea]) assert.ok(secret.length === 32 && !rows.includes(secret))
    const sealed = await keptSecret(leaId)
    await keepSecret(leaId, await keptSecret(kimId))
    assert.equal((await second(await halfWay('lea'), kim.code())).status, 401)
    await keepSecret(leaId, sealed)
    assert.equal((await second(await halfWay('lea'), lea.code())).status, 303)
  })

  test('a secret from before secrets were sealed works, and is sealed when it is used', async () => {
    const { secret, code } = await withPhone('nora')
    const id = await accountId('nora')
    await keepSecret(id, secret)
    assert.equal((await second(await halfWay('nora'), '000000')).status, 401)
    assert.equal(await keptSecret(id), secret)
    assert.equal((await second(await halfWay('nora'), code())).status, 303)
    const sealed = await keptSecret(id)
    assert.ok(sealed !== '' && !sealed.includes(secret))
    time += STEP_MS
    assert.equal((await second(await halfWay('nora'), code())).status, 303)
    assert.equal(await keptSecret(id), sealed)
  })

  test('on a machine without the old key recovery codes let in, or the operator does', async () => {
    const { code, recovery } = await withPhone('mia')
    const id = await accountId('mia')
    const { ctx, config } = world.house
    const elsewhere = { ...ctx, tokenSeal: createTokenSeal(join(config.dataDirectory, 'elsewhere')) }
    await assert.rejects(checkSecondFactor(elsewhere, id, code()), { code: 'unauthorized' })
    await checkSecondFactor(elsewhere, id, recovery[0] ?? '')
    const same = { ...ctx, tokenSeal: createTokenSeal(config.dataDirectory) }
    await checkSecondFactor(same, id, code())
    await dropTwoFactor(ctx, id)
    assert.equal((await password(createBrowser(world.origin), 'mia')).location, '/settings/security')
    await assert.rejects(dropTwoFactor(ctx, id), { code: 'conflict' })
  })

  test('the picture for the phone is shown to its owner alone, and only until it is used', async () => {
    await world.account('hugo', { password: PASSWORD })
    const browser = createBrowser(world.origin)
    await password(browser, 'hugo')
    assert.equal((await browser.open(`${PATH}/qr.svg`)).status, 404)
    await set(browser, 'begin')
    const picture = await browser.open(`${PATH}/qr.svg`)
    assert.equal(picture.headers.get('content-type'), 'image/svg+xml')
    assert.match(picture.headers.get('cache-control') ?? '', /no-store/)
    assert.equal((await createBrowser(world.origin).open(`${PATH}/qr.svg`)).status, 404)
    const policy = (await browser.open(PATH)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.ok(!/unsafe|script-src/.test(policy), policy)
  })
})

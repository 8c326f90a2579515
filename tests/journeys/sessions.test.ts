// Promises about where one is signed in: it is shown, and ended at once, open streams included.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { suspendAccount } from '../../src/domain/accounts/suspend-account.ts'
import { createApp } from '../../src/domain/sign-in/apps.ts'
import { issueCode, issueToken } from '../../src/domain/sign-in/tokens.ts'
import { changePassword } from '../../src/domain/sign-in/change-password.ts'
import { createBrowser } from '../browser.ts'
import type { Browser } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen } from '../stream-reader.ts'
import type { StreamReader } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const PASSWORD = 'four words and more'
const PATH = '/settings/security'

forEachEngine((engine) => {
  let time = Date.now()
  let world: World
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => time }, config: { registrations: 'open' } })
  })
  after(() => world?.stop())

  const openStream = async (token: string): Promise<StreamReader> =>
    (await mustOpen(world.origin, { query: `?stream=user&access_token=${token}` })).reader

  const signIn = async (login: string, agent: string): Promise<Browser> => {
    const browser = createBrowser(world.origin)
    const sent = await browser.send(
      '/auth/sign_in',
      { login, password: PASSWORD, return_to: PATH },
      { 'user-agent': agent },
    )
    assert.equal(sent.location, PATH, sent.text)
    return browser
  }
  const person = (name: string): Promise<Person> => world.account(name, { password: PASSWORD })
  const appToken = async (accountId: number, name: string): Promise<{ appId: number; token: string }> => {
    const { app } = await createApp(world.house.ctx, {
      name,
      redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
      scopes: ['read', 'write'],
      website: null,
    })
    const { secret } = await issueToken(world.house.ctx, { appId: app.id, accountId, scopes: ['read'] })
    return { appId: app.id, token: secret }
  }
  const status = (token: string): Promise<number> =>
    world.client(token).status('GET', '/api/v1/accounts/verify_credentials')

  test('every browser that is signed in is listed, and any other is signed out from here', async () => {
    await person('anna')
    const phone = await signIn('anna', 'Mozilla/5.0 (Android 15; Mobile) Firefox/140.0')
    const desk = await signIn('anna', 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36')
    const page = await desk.open(PATH)
    assert.match(page.text, /Firefox on Android/)
    assert.match(page.text, /Chrome on Windows/)
    assert.equal(page.text.match(/This browser/g)?.length, 1)
    const seal = page.field('seal')
    const id = /name="id"\s+value="(\d+)"\s+aria-label="Sign out Firefox/.exec(page.text)?.[1] ?? ''
    assert.equal((await desk.send(`${PATH}/sessions`, { seal, id })).status, 303)
    assert.match((await phone.open(PATH)).location ?? '', /^\/auth\/sign_in/)
    assert.equal((await desk.open(PATH)).status, 200)
  })

  test('nobody ends the sessions of somebody else', async () => {
    await person('ben')
    await person('cleo')
    const ben = await signIn('ben', 'curl/8')
    const cleo = await signIn('cleo', 'curl/8')
    await signIn('ben', 'Mozilla/5.0 Firefox/1 Linux')
    const id = /name="id"\s+value="(\d+)"/.exec((await ben.open(PATH)).text)?.[1] ?? ''
    const seal = (await cleo.open(PATH)).field('seal')
    await cleo.send(`${PATH}/sessions`, { seal, id })
    assert.match((await ben.open(PATH)).text, new RegExp(`value="${id}"`))
    const { appId, token } = await appToken((await person('ben')).accountId, 'App of ben')
    await cleo.send(`/oauth/authorized_applications/${appId}`, { seal })
    assert.equal(await status(token), 200)
  })

  test('the web client in a browser ends with the session of that browser', async () => {
    await person('dora')
    const phone = await signIn('dora', 'Mozilla/5.0 (Android 15) Firefox/140.0')
    await phone.open('/auth/client?return_to=/home')
    const token = phone.cookies.get('folkmoot_client') ?? ''
    assert.equal(await status(token), 200)
    const stream = await openStream(token)
    const desk = await signIn('dora', 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0')
    const page = await desk.open(PATH)
    const id = /name="id"\s+value="(\d+)"/.exec(page.text)?.[1] ?? ''
    await desk.send(`${PATH}/sessions`, { seal: page.field('seal'), id })
    await stream.ended()
    assert.equal(await status(token), 401)
  })

  test('an app is taken back what it may do, at once and in open streams; other apps keep theirs', async () => {
    const emil = await person('emil')
    const [one, two] = [
      await appToken(emil.accountId, 'First app'),
      await appToken(emil.accountId, 'Second app'),
    ]
    const browser = await signIn('emil', 'curl/8')
    const page = await browser.open('/oauth/authorized_applications')
    assert.match(page.text, /First app/)
    assert.match(page.text, /See everything in your account/)
    const stream = await openStream(one.token)
    const still = await openStream(two.token)
    await browser.send(`/oauth/authorized_applications/${one.appId}`, { seal: page.field('seal') })
    await stream.ended()
    assert.equal(await status(one.token), 401)
    assert.equal(await status(two.token), 200)
    assert.equal(still.isClosed(), false)
    still.close()
    assert.ok(!(await browser.open(PATH)).text.includes('First app'))
  })

  test('signing out everywhere ends every browser, app and stream', async () => {
    const fay = await person('fay')
    const { token } = await appToken(fay.accountId, 'Some app')
    const [here, there] = [await signIn('fay', 'curl/8'), await signIn('fay', 'curl/8')]
    const stream = await openStream(token)
    const seal = (await here.open(PATH)).field('seal')
    assert.equal((await here.send(`${PATH}/sign-out-everywhere`, { seal })).location, '/auth/sign_in')
    await stream.ended()
    for (const browser of [here, there]) assert.match((await browser.open(PATH)).location ?? '', /sign_in/)
    assert.equal(await status(token), 401)
    assert.equal(await status(fay.token), 401)
  })

  /** Lets an app in, which has not exchanged its code yet; gives the status of doing so. */
  const slowApp = async (browser: Browser): Promise<() => Promise<number>> => {
    const app = await world.client().post('/api/v1/apps', {
      client_name: 'Slow app',
      redirect_uris: 'https://app.test/cb',
      scopes: 'read',
    })
    const path = `/oauth/authorize?response_type=code&client_id=${app.client_id}&redirect_uri=https://app.test/cb&scope=read`
    const consent = await browser.open(path)
    const fields = { seal: consent.field('seal'), query: consent.field('query'), decision: 'allow' }
    const back = await browser.send('/oauth/authorize', fields)
    const code = new URL(back.location ?? '').searchParams.get('code') ?? ''
    return () =>
      world.client().status('POST', '/oauth/token', {
        client_id: app.client_id,
        client_secret: app.client_secret,
        grant_type: 'authorization_code',
        redirect_uri: 'https://app.test/cb',
        code,
      })
  }

  test('a code that an app had not exchanged yet is worthless after signing out everywhere', async () => {
    await person('gus')
    const browser = await signIn('gus', 'curl/8')
    assert.equal(await (await slowApp(browser))(), 200)
    const exchange = await slowApp(browser)
    const seal = (await browser.open(PATH)).field('seal')
    await browser.send(`${PATH}/sign-out-everywhere`, { seal })
    assert.equal(await exchange(), 400)
  })

  test('a code that an app had not exchanged yet is worthless after a new password', async () => {
    const { accountId } = await person('hana')
    const exchange = await slowApp(await signIn('hana', 'curl/8'))
    await changePassword(world.house.ctx, accountId, 'another four words')
    assert.equal(await exchange(), 400)
  })

  test('signing out of a browser ends the web client in it as well, whatever cookies are kept', async () => {
    await person('kim')
    const browser = await signIn('kim', 'curl/8')
    await browser.open('/auth/client?return_to=/home')
    const [session, token] = ['folkmoot_session', 'folkmoot_client'].map(
      (name) => browser.cookies.get(name) ?? '',
    )
    const seal = (await browser.open(PATH)).field('seal')
    await browser.send('/auth/sign_out', { seal })
    assert.equal(await status(token ?? ''), 401)
    const thief = createBrowser(world.origin)
    thief.cookies.set('folkmoot_session', session ?? '')
    assert.match((await thief.open(PATH)).location ?? '', /sign_in/)
  })

  test('whoever was suspended after letting an app in gets no token for it', async () => {
    const lou = await person('lou')
    const { app, clientSecret } = await createApp(world.house.ctx, {
      name: 'Late app',
      redirectUris: ['https://app.test/cb'],
      scopes: ['read'],
      website: null,
    })
    const redirectUri = 'https://app.test/cb'
    const grant = { appId: app.id, accountId: lou.accountId, redirectUri, scopes: ['read'], challenge: null }
    const code = await issueCode(world.house.ctx, grant)
    await suspendAccount(world.house.ctx, lou.accountId)
    const exchanged = await fetch(`${world.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: app.client_id,
        client_secret: clientSecret,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
        code,
      }),
    })
    assert.equal(exchanged.status, 400)
    assert.equal(((await exchanged.json()) as { error: string }).error, 'invalid_grant')
    const sent = await createBrowser(world.origin).send('/auth/sign_in', { login: 'lou', password: PASSWORD })
    assert.equal(sent.location, '/auth/shut-out', 'the only page left')
  })

  test('a session ends by itself after a month', async () => {
    await person('hal')
    const browser = await signIn('hal', 'curl/8')
    time += 31 * 86_400_000
    assert.match((await browser.open(PATH)).location ?? '', /sign_in/)
  })

  test('somebody who is not confirmed yet lets no app in and opens no settings', async () => {
    await world.account('ida', { password: PASSWORD, confirmed: false })
    const browser = createBrowser(world.origin)
    const sent = await browser.send('/auth/sign_in', { login: 'ida', password: PASSWORD, return_to: PATH })
    assert.equal(sent.location, '/auth/setup')
    for (const path of [PATH, '/auth/edit', '/settings/security/two-factor', '/auth/client'])
      assert.equal((await browser.open(path)).location, '/auth/setup', path)
  })

  test('invitations are made, shown and ended on their page', async () => {
    await person('jo')
    const browser = await signIn('jo', 'curl/8')
    const page = '/settings/security/invites'
    const seal = (await browser.open(page)).field('seal')
    assert.equal((await browser.send(page, { seal, uses: '9999', days: '7' })).status, 422)
    await browser.send(page, { seal, uses: '1', days: '7', follow: '1' })
    const shown = (await browser.open(page)).text
    const code = /\/invite\/([\w-]+)"/.exec(shown)?.[1] ?? ''
    assert.equal((await createBrowser(world.origin).open(`/invite/${code}`)).status, 200)
    const id = /name="id"\s+value="(\d+)"/.exec(shown)?.[1] ?? ''
    await browser.send(`${page}/end`, { seal, id })
    assert.notEqual((await createBrowser(world.origin).open(`/invite/${code}`)).status, 200)
  })
})

// Promises about signing in with an app: the person decides, the app gets a token, and either can end it.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createBrowser } from '../browser.ts'
import type { Browser } from '../browser.ts'
import type { Json } from '../api-client.ts'
import { validateEntity } from '../contract/validate.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const CALLBACK = 'https://app.test/callback'
const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'

forEachEngine((engine) => {
  let world: World
  let app: Json
  before(async () => {
    world = await startWorld({ engine })
    await world.account('alice', { password: PASSWORD })
    app = await world.client().post('/api/v1/apps', {
      client_name: 'Test app',
      redirect_uris: [CALLBACK, OUT_OF_BAND, 'testapp://back'],
      scopes: 'read write:statuses follow push',
      website: 'https://app.test',
    })
  })
  after(() => world.stop())

  const oauth = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${world.origin}/oauth/${path}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    })
    return { status: response.status, body: await response.json() }
  }
  const client = () => ({ client_id: app.client_id as string, client_secret: app.client_secret as string })
  const authorizePath = (change: Record<string, string> = {}): string =>
    `/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: app.client_id,
      redirect_uri: CALLBACK,
      scope: 'read write:statuses',
      state: 'xyz&1',
      ...change,
    }).toString()}`

  const signIn = async (browser: Browser, path: string) => {
    const form = await browser.open(path)
    assert.equal(form.status, 200)
    assert.match(form.text, /<h1>Sign in/)
    const sent = await browser.send('/auth/sign_in', {
      return_to: form.field('return_to'),
      login: 'alice@people.test',
      password: PASSWORD,
    })
    assert.equal(sent.status, 303, sent.text)
    return sent
  }
  const allow = async (browser: Browser, path: string, decision = 'allow') => {
    const page = await browser.open(path)
    assert.match(page.text, /Let Test app use your account/)
    return browser.send('/oauth/authorize', {
      seal: page.field('seal'),
      query: page.field('query'),
      decision,
    })
  }
  const codeFor = async (change: Record<string, string> = {}): Promise<string> => {
    const browser = createBrowser(world.origin)
    await signIn(browser, authorizePath(change))
    const back = await allow(browser, authorizePath(change))
    return new URL(back.location ?? '').searchParams.get('code') ?? ''
  }

  test('an app registers, the person signs in and allows it, and the app acts with its token until it is revoked', async () => {
    const verifier = randomBytes(40).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const path = authorizePath({ code_challenge: challenge, code_challenge_method: 'S256' })
    const browser = createBrowser(world.origin)
    const signedIn = await signIn(browser, path)
    assert.equal(signedIn.location, path)
    const consent = await browser.open(path)
    for (const words of ['Test app', '@alice@', 'See everything in your account', 'Change your posts'])
      assert.ok(consent.text.includes(words), `the page says "${words}"`)
    const back = await allow(browser, path)
    const url = new URL(back.location ?? '')
    assert.equal(url.origin + url.pathname, CALLBACK)
    assert.equal(url.searchParams.get('state'), 'xyz&1')
    const exchange = {
      ...client(),
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
    }
    assert.equal((await oauth('token', exchange)).body.error, 'invalid_grant')
    assert.equal(
      (await oauth('token', { ...exchange, code_verifier: 'x'.repeat(50) })).body.error,
      'invalid_grant',
    )
    const { status, body } = await oauth('token', { ...exchange, code_verifier: verifier })
    assert.equal(status, 200)
    assert.deepEqual(validateEntity('Token', body), [])
    assert.equal(body.scope, 'read write:statuses')
    const api = world.client(body.access_token)
    assert.equal((await api.get('/api/v1/accounts/verify_credentials')).username, 'alice')
    assert.equal((await api.get('/api/v1/apps/verify_credentials')).name, 'Test app')
    assert.equal(await api.status('POST', '/api/v1/markers', { home: { last_read_id: '1' } }), 200)
    assert.equal(await api.status('POST', '/api/v1/lists', { title: 'x' }), 403)
    const revoked = await oauth('revoke', { ...client(), token: body.access_token })
    assert.deepEqual(revoked, { status: 200, body: {} })
    assert.equal(await api.status('GET', '/api/v1/accounts/verify_credentials'), 401)
    assert.equal((await oauth('revoke', { ...client(), token: body.access_token })).status, 200)
  })

  test('a code works once: used again, it takes back the token that it gave', async () => {
    const code = await codeFor()
    const exchange = { ...client(), grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    const first = await oauth('token', exchange)
    assert.equal(first.status, 200)
    const again = await oauth('token', exchange)
    assert.equal(again.status, 400)
    assert.equal(again.body.error, 'invalid_grant')
    const status = await world
      .client(first.body.access_token)
      .status('GET', '/api/v1/accounts/verify_credentials')
    assert.equal(status, 401)
  })

  test('a code is bound to its app and its redirect', async () => {
    const code = await codeFor()
    const other = await world.client().post('/api/v1/apps', { client_name: 'Other', redirect_uris: CALLBACK })
    const grant = { grant_type: 'authorization_code', code }
    const wrongs = [
      { ...grant, ...client(), redirect_uri: OUT_OF_BAND },
      { ...grant, client_id: other.client_id, client_secret: other.client_secret, redirect_uri: CALLBACK },
    ]
    for (const wrong of wrongs) assert.equal((await oauth('token', wrong)).body.error, 'invalid_grant')
    const wrongSecret = { ...grant, ...client(), client_secret: 'wrong', redirect_uri: CALLBACK }
    assert.deepEqual((({ status, body }) => [status, body.error])(await oauth('token', wrongSecret)), [
      401,
      'invalid_client',
    ])
    const basic = Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')
    const right = await oauth(
      'token',
      { ...grant, redirect_uri: CALLBACK },
      { authorization: `Basic ${basic}` },
    )
    assert.equal(right.status, 200)
  })

  test('an app without a browser of its own shows the code to copy', async () => {
    const browser = createBrowser(world.origin)
    const path = authorizePath({ redirect_uri: OUT_OF_BAND })
    await signIn(browser, path)
    const back = await allow(browser, path)
    assert.match(back.location ?? '', /^\/oauth\/authorize\/native\?code=/)
    const page = await browser.open(back.location ?? '')
    const code = new URL(`${world.origin}${back.location}`).searchParams.get('code') ?? ''
    assert.ok(code.length > 20 && page.text.includes(code))
    const exchange = { ...client(), grant_type: 'authorization_code', code, redirect_uri: OUT_OF_BAND }
    assert.equal((await oauth('token', exchange)).status, 200)
  })

  test('a redirect that the app did not register is never followed, nor is one told of errors', async () => {
    for (const wrong of [
      'https://evil.test/callback',
      'https://app.test/callback/',
      'https://app.test/callback?x=1',
      '',
    ]) {
      const page = await createBrowser(world.origin).open(authorizePath({ redirect_uri: wrong }))
      assert.equal(page.status, 422)
      assert.equal(page.location, undefined)
    }
    const unknown = await createBrowser(world.origin).open(authorizePath({ client_id: 'nobody' }))
    assert.deepEqual([unknown.status, unknown.location], [422, undefined])
  })

  test('an app is told through its redirect when it asks for what it may not have, or when the person says no', async () => {
    const browser = createBrowser(world.origin)
    await signIn(browser, authorizePath())
    const cases: [Record<string, string>, string][] = [
      [{ scope: 'admin:read' }, 'invalid_scope'],
      [{ scope: 'nonsense' }, 'invalid_scope'],
      [{ scope: 'write' }, 'invalid_scope'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_code_challenge_method'],
    ]
    for (const [change, expected] of cases) {
      const { location = '' } = await browser.open(authorizePath(change))
      assert.ok(location.startsWith(CALLBACK), location)
      assert.equal(new URL(location).searchParams.get('error'), expected)
      assert.equal(new URL(location).searchParams.get('state'), 'xyz&1')
    }
    const denied = await allow(browser, authorizePath(), 'deny')
    assert.equal(new URL(denied.location ?? '').searchParams.get('error'), 'access_denied')
  })

  test('nobody is signed in with a wrong password, and the answer does not tell which part was wrong', async () => {
    const texts: string[] = []
    for (const login of ['alice', 'alice@people.test', 'nobody', 'nobody@people.test']) {
      const browser = createBrowser(world.origin)
      const page = await browser.send('/auth/sign_in', {
        login,
        password: 'not the password',
        return_to: '/',
      })
      assert.equal(page.status, 401)
      assert.equal(browser.cookies.size, 0)
      texts.push(/role="alert">([^<]*)</.exec(page.text)?.[1] ?? '')
    }
    assert.equal(new Set(texts).size, 1)
    assert.match(texts[0] ?? '', /wrong/)
  })

  test('another site can neither sign somebody in nor allow an app in their name', async () => {
    const browser = createBrowser(world.origin)
    await signIn(browser, authorizePath())
    const page = await browser.open(authorizePath())
    const form = { seal: page.field('seal'), query: page.field('query'), decision: 'allow' }
    const foreign = await browser.send('/oauth/authorize', form, { origin: 'https://evil.test' })
    assert.deepEqual([foreign.status, foreign.location], [403, undefined])
    const unsealed = await browser.send('/oauth/authorize', { ...form, seal: 'x' })
    assert.deepEqual([unsealed.status, unsealed.location], [403, undefined])
    const login = { login: 'alice', password: PASSWORD, return_to: '/' }
    const crossed = await createBrowser(world.origin).send('/auth/sign_in', login, {
      origin: 'https://evil.test',
    })
    assert.equal(crossed.status, 403)
    for (const to of ['//evil.test', 'https://evil.test', '/\\evil.test']) {
      const sent = await createBrowser(world.origin).send('/auth/sign_in', { ...login, return_to: to })
      assert.equal(sent.location, '/', to)
    }
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  })

  test('an app alone gets a token that reads what anybody may, and acts for nobody', async () => {
    const { status, body } = await oauth('token', {
      ...client(),
      grant_type: 'client_credentials',
      scope: 'read',
    })
    assert.equal(status, 200)
    const api = world.client(body.access_token)
    assert.equal((await api.get('/api/v1/apps/verify_credentials')).name, 'Test app')
    await api.get('/api/v1/timelines/public')
    assert.equal(await api.status('GET', '/api/v1/timelines/home'), 422)
    assert.equal(await api.status('GET', '/api/v1/accounts/verify_credentials'), 422)
    assert.equal(
      (await oauth('token', { ...client(), grant_type: 'client_credentials', scope: 'admin:read' })).body
        .error,
      'invalid_scope',
    )
    assert.equal(
      (await oauth('token', { ...client(), grant_type: 'password' })).body.error,
      'unsupported_grant_type',
    )
    assert.equal((await oauth('token', { ...client() })).body.error, 'invalid_request')
  })

  test('an app cannot register redirects that run scripts, or without a name', async () => {
    const wrongs: object[] = [
      { client_name: 'x', redirect_uris: 'javascript:alert(1)' },
      { client_name: 'x', redirect_uris: 'data:text/html,x' },
      { client_name: 'x', redirect_uris: 'not a uri' },
      { client_name: ' ', redirect_uris: CALLBACK },
      { client_name: 'x'.repeat(61), redirect_uris: CALLBACK },
      { client_name: 'x', redirect_uris: CALLBACK, scopes: 'everything' },
      { client_name: 'x', redirect_uris: CALLBACK, website: 'javascript:alert(1)' },
    ]
    for (const wrong of wrongs)
      assert.equal(await world.client().status('POST', '/api/v1/apps', wrong), 422, JSON.stringify(wrong))
    assert.equal(await world.client().status('POST', '/api/v1/apps', { client_name: 'x' }), 400)
  })

  test('signing out ends the session of this browser', async () => {
    const browser = createBrowser(world.origin)
    await signIn(browser, authorizePath())
    const page = await browser.open(authorizePath())
    const cookie = new Map(browser.cookies)
    const out = await browser.send('/auth/sign_out', { seal: page.field('seal') })
    assert.equal(out.status, 303)
    for (const [name, value] of cookie) browser.cookies.set(name, value)
    assert.match((await browser.open(authorizePath())).text, /<h1>Sign in/)
  })
})

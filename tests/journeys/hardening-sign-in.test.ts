// The promise that cookies, redirects, logs and streams give nobody a way in.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createBrowser } from '../browser.ts'
import type { Json } from '../api-client.ts'
import { createAccount } from '../../src/domain/accounts/create-account.ts'
import { deleteAccount } from '../../src/domain/accounts/delete-account.ts'
import { forEachEngine } from '../database.ts'
import { Refusal } from '../../src/model/refusal.ts'
import { createLog } from '../../src/platform/log.ts'
import { ALL_SCOPES, startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const CALLBACK = 'https://app.test/callback?known=1'

const STREAMS: Record<string, string> = {
  user: 'read:statuses',
  'user/notification': 'read:notifications',
  public: 'read:statuses',
  'public/local': 'read:statuses',
  'public/remote': 'read:statuses',
  'hashtag?tag=x': 'read:statuses',
  'hashtag/local?tag=x': 'read:statuses',
  direct: 'read:statuses',
  'list?list=1': 'read:statuses',
}

forEachEngine((engine) => {
  let world: World
  const lines: string[] = []
  before(async () => {
    const log = createLog({ level: 'trace', format: 'json', write: (line) => lines.push(line) })
    world = await startWorld({ engine, log })
    await world.account('alice', { password: PASSWORD })
  })
  after(() => world.stop())

  const register = (change: object = {}): Promise<Json> =>
    world
      .client()
      .post('/api/v1/apps', { client_name: 'App', redirect_uris: CALLBACK, scopes: 'read', ...change })

  const authorize = (app: Json, change: Record<string, string> = {}): string =>
    `/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: app.client_id, redirect_uri: CALLBACK, scope: 'read', ...change }).toString()}`

  const signIn = async (returnTo = '/'): Promise<ReturnType<typeof createBrowser>> => {
    const browser = createBrowser(world.origin)
    await browser.send('/auth/sign_in', { login: 'alice', password: PASSWORD, return_to: returnTo })
    return browser
  }

  test('an app cannot register a redirect that no header can hold, that runs, or that is no address', async () => {
    const bad = [
      'https://app.test/\u0001',
      'https://app.test/☃',
      'https://app.test/\u202Egnp',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://app.test/x',
      'file:///etc/passwd',
      '//app.test',
      '/callback',
      'https://app.test/#fragment',
      'https://',
    ]
    for (const uri of bad)
      assert.equal(
        await world.client().status('POST', '/api/v1/apps', { client_name: 'App', redirect_uris: [uri] }),
        422,
        uri,
      )
  })

  test('a redirect fits to the letter or is shown as wrong, never followed', async () => {
    const app = await register()
    const browser = await signIn()
    const near = [
      'https://app.test/callback',
      'https://app.test/callback?known=1&x=2',
      'https://app.test/callback?known=1#',
      'https://app.test/callback/../callback?known=1',
      'https://APP.test/callback?known=1',
      'https://app.test:443/callback?known=1',
      'https://app.test@evil.test/callback?known=1',
      'https://app.test.evil.test/callback?known=1',
      'http://app.test/callback?known=1',
      ` ${CALLBACK}`,
      `${CALLBACK}\r\nX: y`,
    ]
    for (const redirect_uri of near) {
      const page = await browser.open(authorize(app, { redirect_uri }))
      assert.equal(page.location, undefined, redirect_uri)
      assert.equal(page.status, 422, redirect_uri)
    }
  })

  test('what an app sends along comes back to it as one value and forges no header', async () => {
    const app = await register()
    const browser = await signIn()
    const state = 'a\r\nSet-Cookie: x=1\r\n\r\n<script>&code=forged#☃'
    for (const decision of ['allow', 'deny']) {
      const page = await browser.open(authorize(app, { state }))
      const sent = await browser.send('/oauth/authorize', {
        seal: page.field('seal'),
        query: page.field('query'),
        decision,
      })
      const back = new URL(sent.location ?? '')
      assert.equal(back.searchParams.get('state')?.replaceAll('\n', '\r\n').replaceAll('\r\r', '\r'), state)
      assert.equal(back.searchParams.getAll('code').length, decision === 'allow' ? 1 : 0)
      assert.equal(sent.headers.get('x'), null)
      assert.ok(!(sent.headers.get('set-cookie') ?? '').includes('x=1'))
    }
  })

  const codeFor = async (app: Json, change: Record<string, string> = {}): Promise<string> => {
    const browser = await signIn()
    const page = await browser.open(authorize(app, change))
    const form = { seal: page.field('seal'), query: page.field('query'), decision: 'allow' }
    return (
      new URL((await browser.send('/oauth/authorize', form)).location ?? '').searchParams.get('code') ?? ''
    )
  }

  const exchange = async (app: Json, code: string, change: Record<string, string> = {}): Promise<Json> => {
    const { client_id, client_secret } = app
    const form = {
      grant_type: 'authorization_code',
      client_id,
      client_secret,
      code,
      redirect_uri: CALLBACK,
      ...change,
    }
    const answer = await fetch(`${world.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    return answer.json()
  }

  test('a challenge that was taken away on the way is noticed, one without its proof gives nothing', async () => {
    const app = await register()
    const verifier = 'v'.repeat(50)
    const proof = { code_verifier: verifier }
    assert.equal((await exchange(app, await codeFor(app), proof)).error, 'invalid_grant')
    const code_challenge = createHash('sha256').update(verifier).digest('base64url')
    const code = await codeFor(app, { code_challenge, code_challenge_method: 'S256' })
    assert.equal((await exchange(app, code)).error, 'invalid_grant')
    assert.equal((await exchange(app, code, { code_verifier: code_challenge })).error, 'invalid_grant')
    assert.ok((await exchange(app, code, proof)).access_token)
  })

  test('a code that is presented many times at the same moment gives at most one token, and none that stays', async () => {
    const app = await register()
    const code = await codeFor(app)
    const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(app, code)))
    const tokens = answers.flatMap((answer) => answer.access_token ?? [])
    assert.ok(tokens.length <= 1, `${tokens.length} tokens`)
    for (const token of tokens)
      assert.equal(await world.client(token).status('GET', '/api/v1/accounts/verify_credentials'), 401)
  })

  test('the page of consent shows where the app is called back, and no name that hides what it is', async () => {
    const app = await register({ client_name: ' Safe\u202Eppa\u0000\n\u200B ' })
    assert.equal(app.name, 'Safeppa')
    const page = await (await signIn()).open(authorize(app))
    assert.match(page.text, /Let Safeppa use your account/)
    assert.match(page.text, /led to app\.test\./)
    const blank = { client_name: '\u200B\u202E', redirect_uris: CALLBACK }
    assert.equal(await world.client().status('POST', '/api/v1/apps', blank), 422)
  })

  test('no token has a scope that its app did not register, however it is asked for', async () => {
    const app = await register({ scopes: 'read:accounts' })
    const browser = await signIn()
    for (const scope of [
      'read',
      'read:accounts write',
      'write',
      'follow',
      'push',
      'admin:read',
      'read:accounts profile',
    ]) {
      const page = await browser.open(authorize(app, { scope }))
      assert.match(page.location ?? '', /error=invalid_scope/, scope)
      const answer = await fetch(`${world.origin}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: app.client_id,
          client_secret: app.client_secret,
          scope,
        }),
      })
      assert.equal(answer.status, 400, scope)
    }
    // What was asked of the person cannot be swapped in the form that says yes.
    const page = await browser.open(authorize(app, { scope: 'read:accounts' }))
    const sent = await browser.send('/oauth/authorize', {
      seal: page.field('seal'),
      query: page.field('query').replace('read%3Aaccounts', 'write'),
      decision: 'allow',
    })
    assert.match(sent.location ?? '', /error=invalid_scope/)
  })

  test('cookies are kept from scripts, other sites and plain http', async () => {
    const secure = await startWorld({ engine, domain: 'moot.test' })
    try {
      await secure.account('alice', { password: PASSWORD })
      const entered = await fetch(`${secure.origin}/auth/sign_in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: 'https://moot.test' },
        body: new URLSearchParams({ login: 'alice', password: PASSWORD }),
      })
      const [session = ''] = entered.headers.getSetCookie()
      const client = await fetch(`${secure.origin}/auth/client`, {
        redirect: 'manual',
        headers: { cookie: session.split(';')[0] ?? '' },
      })
      const cookies = [...entered.headers.getSetCookie(), ...client.headers.getSetCookie()]
      assert.deepEqual(
        [...new Set(cookies.map((cookie) => cookie.split('=')[0]?.replace(/_\d+$/, '')))],
        ['__Host-folkmoot_session', '__Host-folkmoot_client'],
      )
      for (const cookie of cookies) {
        assert.match(cookie, /; HttpOnly/)
        assert.match(cookie, /; Secure/)
        assert.match(cookie, /; SameSite=(Lax|Strict)/)
        assert.match(cookie, /; Path=\/(;|$)/)
        assert.ok(!/Domain=/i.test(cookie))
      }
    } finally {
      await secure.stop()
    }
  })

  test('who signed in before cookies were bound to the host stays in; a planted cookie overrides no bound one', async () => {
    const secure = await startWorld({ engine, domain: 'moot.test' })
    const ask = async (cookies: string[], path = '/settings/security', init: RequestInit = {}) =>
      fetch(secure.origin + path, { ...init, redirect: 'manual', headers: { cookie: cookies.join('; ') } })
    const enter = async (login: string): Promise<string> => {
      const body = new URLSearchParams({ login, password: PASSWORD })
      const entered = await fetch(`${secure.origin}/auth/sign_in`, {
        method: 'POST',
        redirect: 'manual',
        body,
      })
      return /^__Host-folkmoot_session=([^;]+)/.exec(entered.headers.getSetCookie()[0] ?? '')?.[1] ?? ''
    }
    try {
      await secure.account('alice', { password: PASSWORD })
      await secure.account('mallory', { password: PASSWORD })
      const [alice, mallory] = [await enter('alice'), await enter('mallory')]
      assert.equal((await ask([`folkmoot_session=${alice}`])).status, 200)
      const client = await ask([`folkmoot_session=${alice}`], '/auth/client')
      const given = client.headers.getSetCookie()
      assert.ok(given.some((cookie) => cookie.startsWith(`__Host-folkmoot_session=${alice};`)))
      assert.ok(given.some((cookie) => cookie.startsWith('folkmoot_session=;')))
      const page = await ask([`folkmoot_session=${mallory}`, `__Host-folkmoot_session=${alice}`])
      assert.match(await page.text(), /alice/)
    } finally {
      await secure.stop()
    }
  })

  test('each stream needs the scope of what it carries', async () => {
    const alice = await world.account('alice')
    for (const [path, scope] of Object.entries(STREAMS)) {
      const others = ALL_SCOPES.filter((one) => one !== 'read').concat(
        ['read:accounts', 'read:lists', 'read:statuses', 'read:notifications'].filter((one) => one !== scope),
      )
      const { token } = await world.tokenFor(alice.accountId, others)
      const refused = await fetch(`${world.origin}/api/v1/streaming/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      assert.equal(refused.status, 401, path)
      await refused.text()
      if (path.startsWith('list')) continue
      const fit = await world.tokenFor(alice.accountId, [scope])
      const leave = new AbortController()
      const letIn = await fetch(`${world.origin}/api/v1/streaming/${path}`, {
        headers: { authorization: `Bearer ${fit.token}` },
        signal: leave.signal,
      })
      assert.equal(letIn.status, 200, path)
      leave.abort()
    }
  })

  test('who takes the name of a deleted account gets nothing that was its', async () => {
    const gone = await world.account('gone', { password: PASSWORD })
    const bob = await world.account('bob')
    await bob.api.post('/api/v1/statuses', { status: '@gone a secret', visibility: 'direct' })
    await world.settle()
    await deleteAccount(world.house.ctx, gone.accountId)
    await world.settle()
    const again = createAccount(world.house.ctx, { username: 'Gone', email: 'new@people.test' })
    await assert.rejects(again, Refusal)
    assert.equal(await gone.api.status('GET', '/api/v1/conversations'), 401)
  })

  test('after all this no password, token, code, secret or cookie stands in the log', async () => {
    const alice = await world.account('alice')
    const app = await register()
    const browser = await signIn()
    const page = await browser.open(authorize(app))
    const sent = await browser.send('/oauth/authorize', {
      seal: page.field('seal'),
      query: page.field('query'),
      decision: 'allow',
    })
    const code = new URL(sent.location ?? '').searchParams.get('code') ?? ''
    const answer = await fetch(`${world.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: app.client_id,
        client_secret: app.client_secret,
        redirect_uri: CALLBACK,
        code,
      }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    assert.equal(
      (await fetch(`${world.origin}/api/v1/accounts/verify_credentials?access_token=${token}`)).status,
      200,
    )
    await fetch(`${world.origin}/api/v1/timelines/home?access_token=wrong-${token}`)
    await fetch(`${world.origin}/api/v1/streaming/nothing?access_token=${token}`)
    await world.settle()
    assert.ok(lines.length > 0)
    const log = lines.join('')
    const secrets = [
      PASSWORD,
      alice.token,
      code,
      token,
      app.client_secret as string,
      ...browser.cookies.values(),
    ]
    for (const secret of secrets) {
      assert.ok(secret.length > 8)
      assert.ok(!log.includes(secret), log.split('\n').find((line) => line.includes(secret)) ?? '')
    }
  })
})

// Promises to apps of every kind: bodies in three encodings, calls from any web page, errors that can be read.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
  })
  after(() => world.stop())

  const poll = { options: ['tea', 'coffee'], expires_in: 3600, multiple: true, hide_totals: false }
  const pairs: [string, string][] = [
    ['status', 'Same in every encoding'],
    ['spoiler_text', 'drinks'],
    ['sensitive', 'on'],
    ['language', 'en'],
    ['poll[options][]', 'tea'],
    ['poll[options][]', 'coffee'],
    ['poll[expires_in]', '3600'],
    ['poll[multiple]', '1'],
    ['poll[hide_totals]', '0'],
  ]
  const essence = (status: Json) => [
    status.content,
    status.spoiler_text,
    status.sensitive,
    status.poll.options.map((one: { title: string }) => one.title),
    status.poll.multiple,
  ]
  const expected = ['<p>Same in every encoding</p>', 'drinks', true, ['tea', 'coffee'], true]

  test('JSON, forms, multipart, the query and hashes with numbered keys all mean the same', async () => {
    const at = '/api/v1/statuses'
    const form = new FormData()
    for (const [name, value] of pairs) form.append(name, value)
    const numbered = pairs
      .filter(([name]) => name !== 'poll[options][]')
      .concat([
        ['poll[options][0]', 'tea'],
        ['poll[options][1]', 'coffee'],
      ])
    const bodies = [
      { status: 'Same in every encoding', spoiler_text: 'drinks', sensitive: true, language: 'en', poll },
      new URLSearchParams(pairs),
      form,
      new URLSearchParams(numbered),
    ]
    for (const body of bodies) assert.deepEqual(essence(await alice.api.post(at, body)), expected)
    const byQuery = await alice.api.post(`${at}?${new URLSearchParams(pairs).toString()}`)
    assert.deepEqual(essence(byQuery), expected)
  })

  test('a body that cannot be read is refused with a sentence, whatever it claims to be', async () => {
    const cases: [string, string, number][] = [
      ['application/json', '{"status": ', 422],
      ['application/json', '"just text"', 422],
      ['application/json', '[1, 2]', 422],
      ['application/json', 'null', 422],
      ['multipart/form-data', 'no boundary', 422],
      ['multipart/form-data; boundary=x', '--y\r\n', 422],
      ['application/octet-stream', 'hello', 422],
      ['application/json', `{"status":${'['.repeat(1000)}${']'.repeat(1000)}}`, 422],
    ]
    for (const [type, text, status] of cases) {
      const answer = await alice.api.ask('POST', '/api/v1/statuses', {
        text,
        headers: { 'content-type': type },
      })
      assert.equal(answer.status, status, `${type}: ${text.slice(0, 40)}`)
      assert.ok(answer.body.error.length > 5)
    }
    const huge = await alice.api.ask('POST', '/api/v1/statuses', {
      text: JSON.stringify({ status: 'x'.repeat(3_000_000) }),
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(huge.status, 413)
  })

  test('names that mean something to the machine are only names', async () => {
    for (const text of [
      '{"__proto__":{"visibility":"direct"},"status":"one"}',
      '{"constructor":{"prototype":{"visibility":"direct"}},"status":"two"}',
    ]) {
      const headers = { 'content-type': 'application/json' }
      const { body } = await alice.api.ask('POST', '/api/v1/statuses', { text, headers })
      assert.equal(body.visibility, 'public')
    }
    const form = new URLSearchParams([
      ['status', 'three'],
      ['__proto__[visibility]', 'direct'],
      ['a[__proto__][visibility]', 'direct'],
    ])
    assert.equal((await alice.api.post('/api/v1/statuses', form)).visibility, 'public')
  })

  test('a page of any site may call the API: preflights are answered, and answers may be read', async () => {
    for (const path of ['/api/v1/statuses', '/api/v1/accounts/1/follow', '/api/v2/media', '/oauth/token']) {
      const response = await fetch(world.origin + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.test',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, content-type, idempotency-key',
        },
      })
      assert.ok([200, 204].includes(response.status), path)
      assert.equal(response.headers.get('access-control-allow-origin'), '*')
      assert.match(response.headers.get('access-control-allow-methods') ?? '', /POST/)
      assert.match(
        (response.headers.get('access-control-allow-headers') ?? '').toLowerCase(),
        /idempotency-key/,
      )
    }
    for (const path of [
      '/api/v1/timelines/public',
      '/api/v1/timelines/home',
      '/api/v1/accounts/123',
      '/api/v1/nonsense',
    ]) {
      const response = await fetch(world.origin + path, { headers: { origin: 'https://app.test' } })
      assert.equal(response.headers.get('access-control-allow-origin'), '*', path)
      assert.notEqual(response.headers.get('access-control-allow-credentials'), 'true')
    }
    const { headers } = await alice.api.page('/api/v1/timelines/public')
    assert.match(headers.get('access-control-expose-headers') ?? '', /Link/)
  })

  test('answers for one person are kept by no cache', async () => {
    const { headers } = await alice.api.page('/api/v1/timelines/home')
    assert.match(headers.get('cache-control') ?? '', /private|no-store/)
    assert.match(headers.get('vary') ?? '', /authorization/i)
  })

  test('every error is JSON with one sentence, and says nothing of the inside', async () => {
    const cases: [string, string, number, string | undefined][] = [
      ['GET', '/api/v1/statuses/1', 404, alice.token],
      ['GET', '/api/v1/statuses/abc', 404, alice.token],
      ['GET', '/api/v1/statuses/99999999999999999999999', 404, alice.token],
      ['GET', '/api/v1/statuses/-1', 404, alice.token],
      ['GET', '/api/v1/timelines/home', 401, undefined],
      ['GET', '/api/v1/timelines/home', 401, 'wrong'],
      ['POST', '/api/v1/statuses', 422, alice.token],
      ['GET', '/api/v1/accounts/lookup', 400, alice.token],
      ['GET', '/api/v1/accounts/%00', 404, alice.token],
      ['GET', '/api/v1/accounts/%F0%9F', 404, alice.token],
    ]
    for (const [method, path, status, token] of cases) {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const response = await fetch(world.origin + path, { method, headers })
      const text = await response.text()
      assert.equal(response.status, status, `${method} ${path}: ${text}`)
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
      const body = JSON.parse(text)
      assert.equal(typeof body.error, 'string')
      assert.doesNotMatch(text, /\.ts|node_modules|select |SQLITE|stack|kysely/i)
    }
  })

  test('an app that calls what has a better successor is told so, and only then', async () => {
    const since = async (path: string): Promise<string | null> =>
      (await alice.api.ask('GET', path)).headers.get('deprecation')
    for (const path of ['instance', 'filters', 'suggestions', 'trends'])
      assert.match((await since(`/api/v1/${path}`)) ?? '', /^@1\d{9}$/, path)
    for (const path of ['v2/instance', 'v2/filters', 'v2/suggestions', 'v1/trends/tags', 'v1/markers'])
      assert.equal(await since(`/api/${path}`), null, path)
    const instance = await alice.api.get('/api/v2/instance')
    assert.equal(instance.api_versions.mastodon, 11)
    // What the latest four of them promise.
    await alice.api.get('/api/v1/profile')
    await alice.api.delete('/api/v1/profile/avatar')
    assert.equal((await alice.api.patch('/api/v1/profile', { display_name: 'A' })).display_name, 'A')
    assert.deepEqual((await alice.api.get(`/api/v1/accounts/${alice.id}/collections`)).collections, [])
    const described = { avatar_description: 'a portrait' }
    const self = await alice.api.patch('/api/v1/accounts/update_credentials', described)
    assert.equal(self.avatar_description, 'a portrait')
    for (const asked of ['limit=-1', 'offset=-1'])
      assert.equal(await alice.api.status('GET', `/api/v2/search?q=x&type=accounts&${asked}`), 400)
  })

  test('what does not exist in the API is a JSON 404', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nonsense'],
      ['POST', '/api/v1/accounts/1/dance'],
      ['DELETE', '/api/v9/x'],
    ] as const) {
      const response = await fetch(world.origin + path, { method })
      assert.equal(response.status, 404, path)
      assert.equal(typeof (await response.json()).error, 'string')
    }
  })

  test('a token also comes in the query, and its scopes are kept to', async () => {
    const { token } = await world.tokenFor(alice.accountId, ['read:accounts'])
    const own = await fetch(`${world.origin}/api/v1/accounts/verify_credentials?access_token=${token}`)
    assert.equal(own.status, 200)
    const api = world.client(token)
    for (const [method, path] of [
      ['GET', '/api/v1/timelines/home'],
      ['POST', '/api/v1/statuses'],
      ['GET', '/api/v1/notifications'],
      ['POST', '/api/v1/accounts/1/follow'],
    ] as const) {
      const answer = await api.ask(method, path)
      assert.equal(answer.status, 403, path)
      assert.equal(answer.body.error, 'This action is outside the authorized scopes')
    }
  })

  test('too many calls are refused with the time to come back, where limits are on', async (t) => {
    const strict = await startWorld({ engine, config: { rateLimits: true } })
    t.after(() => strict.stop())
    const dora = await strict.account('dora')
    const first = await dora.api.ask('GET', '/api/v1/timelines/home')
    const limit = Number(first.headers.get('x-ratelimit-limit'))
    assert.ok(limit > 100)
    assert.equal(Number(first.headers.get('x-ratelimit-remaining')), limit - 1)
    assert.ok(Date.parse(first.headers.get('x-ratelimit-reset') ?? '') > Date.now())
    const statuses: number[] = []
    for (let count = 0; count < 6; count += 1)
      statuses.push(
        await strict
          .client()
          .status('POST', '/api/v1/apps', { client_name: 'x', redirect_uris: 'https://x.test/' }),
      )
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
  })
})

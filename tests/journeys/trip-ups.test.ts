// Promises where apps trip most often: each convention of the API that looks like a detail and breaks them when it differs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ApiClient, Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const ids = (list: Json[]): string[] => list.map((one) => one.id)

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let bob: Person
  /** Alice's public posts, oldest first; the last one answers bob. */
  const posts: Json[] = []
  before(async () => {
    world = await startWorld({ engine })
    ;[alice, bob] = [await world.account('alice'), await world.account('bob')]
    for (let count = 1; count <= 7; count += 1)
      posts.push(await alice.api.post('/api/v1/statuses', { status: `number ${count} #steps` }))
    const asked = await bob.api.post('/api/v1/statuses', { status: 'Well?' })
    posts.push(await alice.api.post('/api/v1/statuses', { status: 'an answer', in_reply_to_id: asked.id }))
    await world.settle()
  })
  after(() => world.stop())

  const own = (query = ''): string => `/api/v1/accounts/${alice.id}/statuses${query}`
  const limited = async (...scopes: string[]): Promise<ApiClient> =>
    world.client((await world.tokenFor(alice.accountId, scopes)).token)

  test('an id is a string of digits, longer or greater for what is newer', () => {
    for (const [index, { id }] of posts.entries()) {
      assert.match(id, /^\d+$/)
      if (index > 0) assert.ok(BigInt(id) > BigInt(posts[index - 1].id))
      assert.equal(id.length, posts[0].id.length, 'apps that compare ids as text get the same order')
    }
  })

  test('times have three digits of a second, days none, and the numbers of a hashtag are strings', async () => {
    assert.match(posts[0].created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const me = await alice.api.get('/api/v1/accounts/verify_credentials')
    assert.match(me.created_at, /T00:00:00\.000Z$/)
    assert.match(me.last_status_at, /^\d{4}-\d\d-\d\d$/)
    const [day] = (await alice.api.get('/api/v1/tags/steps')).history
    for (const field of ['day', 'uses', 'accounts']) assert.match(day[field], /^\d+$/, field)
  })

  test('what is not there is null where the documentation says so, and not left out', async () => {
    const plain = await alice.api.get(`/api/v1/statuses/${posts[0].id}`)
    for (const field of ['in_reply_to_id', 'in_reply_to_account_id', 'reblog', 'poll', 'card', 'edited_at'])
      assert.equal(plain[field], null, field)
    assert.equal(plain.spoiler_text, '')
    for (const field of ['media_attachments', 'mentions', 'emojis']) assert.deepEqual(plain[field], [], field)
    const asStranger = await world.client().get(`/api/v1/statuses/${posts[0].id}`)
    assert.deepEqual(
      ['favourited', 'reblogged', 'muted', 'bookmarked', 'pinned'].filter((field) => field in asStranger),
      [],
      'what a post is to its reader is left out where nobody reads',
    )
  })

  test('any spelling of no is no, nothing at all is the default, and everything else is yes', async () => {
    const answer = posts.at(-1).id
    const shown = async (value: string): Promise<boolean> =>
      ids(await alice.api.get(own(`?limit=40&exclude_replies=${value}`))).includes(answer)
    for (const no of ['false', 'FALSE', 'f', 'F', '0', 'off', 'OFF', '']) assert.ok(await shown(no), no)
    for (const yes of ['true', 'TRUE', 't', '1', 'on', 'yes']) assert.ok(!(await shown(yes)), yes)
    const sensitive = async (value: unknown): Promise<boolean> =>
      (await alice.api.post('/api/v1/statuses', { status: 'x', sensitive: value, visibility: 'direct' }))
        .sensitive
    for (const no of [false, 0, '0', 'off', 'F', '', null])
      assert.equal(await sensitive(no), false, String(no))
    for (const yes of [true, 1, '1', 'on', 'true']) assert.equal(await sensitive(yes), true, String(yes))
  })

  test('lists come as name[], in JSON also without it, and hashes in lists with and without numbers', async () => {
    const both = [alice.id, bob.id]
    for (const query of [`id[]=${alice.id}&id[]=${bob.id}`, `id[0]=${alice.id}&id[1]=${bob.id}`]) {
      const found = await alice.api.get(`/api/v1/accounts/relationships?${query}`)
      assert.deepEqual(ids(found), both, query)
    }
    const words = (filter: Json): string[] => filter.keywords.map((one: Json) => one.keyword).toSorted()
    const fields = { title: 'drinks', 'context[]': 'home' }
    const forms: [string, string][][] = [
      [
        ['keywords_attributes[][keyword]', 'tea'],
        ['keywords_attributes[][keyword]', 'coffee'],
      ],
      [
        ['keywords_attributes[0][keyword]', 'tea'],
        ['keywords_attributes[1][keyword]', 'coffee'],
      ],
    ]
    for (const pairs of forms) {
      const body = new URLSearchParams([...Object.entries(fields), ...pairs])
      assert.deepEqual(words(await alice.api.post('/api/v2/filters', body)), ['coffee', 'tea'])
    }
    const json = { title: 'drinks', context: ['home'], keywords_attributes: [{ keyword: 'tea' }] }
    assert.deepEqual(words(await alice.api.post('/api/v2/filters', json)), ['tea'])
    for (const { id } of await alice.api.get('/api/v2/filters'))
      await alice.api.delete(`/api/v2/filters/${id}`)
  })

  test('pages lead on by absolute links that keep the other parameters, next before prev; an empty one has none', async () => {
    const page = await fetch(world.origin + own('?limit=2&exclude_replies=true'))
    const link = page.headers.get('link') ?? ''
    const [next = '', prev = ''] = [...link.matchAll(/<([^>]+)>; rel="(?:next|prev)"/g)].map((one) => one[1])
    assert.match(link, /^<[^>]+>; rel="next", <[^>]+>; rel="prev"$/)
    const listed = ids((await page.json()) as Json[])
    for (const url of [next, prev]) {
      assert.equal(new URL(url).origin, world.origin)
      assert.equal(new URL(url).searchParams.get('limit'), '2')
      assert.equal(new URL(url).searchParams.get('exclude_replies'), 'true')
    }
    assert.equal(new URL(next).searchParams.get('max_id'), listed.at(-1))
    assert.equal(new URL(prev).searchParams.get('min_id'), listed[0])
    assert.equal((await fetch(`${world.origin}${own('?max_id=1')}`)).headers.get('link'), null)
  })

  test('max_id goes down, since_id keeps the newest, min_id the nearest above and wins; always newest first', async () => {
    const at = (index: number): string => posts[index].id
    const page = async (query: string): Promise<string[]> => ids(await bob.api.get(own(`?limit=2&${query}`)))
    assert.deepEqual(await page(`max_id=${at(4)}`), [at(3), at(2)])
    assert.deepEqual(await page(`since_id=${at(1)}`), [at(7), at(6)])
    assert.deepEqual(await page(`min_id=${at(1)}`), [at(3), at(2)])
    assert.deepEqual(await page(`min_id=${at(1)}&since_id=${at(5)}`), [at(3), at(2)])
    assert.deepEqual(await page(`min_id=${at(1)}&max_id=${at(3)}`), [at(2)])
  })

  test('a limit that is too large or below nothing is no error', async () => {
    assert.equal((await bob.api.get(own('?limit=4000'))).length, posts.length)
    assert.equal((await bob.api.get(own('?limit=-3'))).length, 3)
    assert.equal((await bob.api.get(own('?limit=many'))).length > 0, true)
  })

  test('any one of the scopes of a call is enough, a wide one holds its parts, and administration is apart', async () => {
    const calls = {
      home: '/api/v1/timelines/home',
      mutes: '/api/v1/mutes',
      reports: '/api/v1/admin/reports',
    }
    const opens = async (scope: string): Promise<string[]> => {
      const api = await limited(scope)
      const answers = await Promise.all(
        Object.entries(calls).map(async ([name, path]) => [name, await api.status('GET', path)] as const),
      )
      return answers.filter(([, status]) => status === 200).map(([name]) => name)
    }
    assert.deepEqual(await opens('read'), ['home', 'mutes'])
    assert.deepEqual(await opens('read:statuses'), ['home'])
    assert.deepEqual(await opens('read:mutes'), ['mutes'])
    assert.deepEqual(await opens('follow'), ['mutes'])
    assert.deepEqual(await opens('admin:read'), [], 'nor does the scope make a moderator')
  })

  test('a token comes in the header or as a parameter; a wrong one is refused even where none is needed', async () => {
    const path = '/api/v1/accounts/verify_credentials'
    for (const name of ['access_token', 'bearer_token'])
      assert.equal((await fetch(`${world.origin}${path}?${name}=${alice.token}`)).status, 200, name)
    for (const at of [path, '/api/v1/timelines/public', `/api/v1/statuses/${posts[0].id}`]) {
      const answer = await world.client('nobody').ask('GET', at)
      assert.deepEqual([answer.status, answer.body], [401, { error: 'The access token is invalid' }], at)
    }
  })

  test('an app without a person may do what apps may; where a person is needed it is told so', async () => {
    const { token } = await world.tokenFor(null, ['read', 'write'])
    const app = world.client(token)
    assert.equal(await app.status('GET', '/api/v1/timelines/public'), 200)
    const answer = await app.ask('GET', '/api/v1/timelines/home')
    assert.deepEqual([answer.status, answer.body.error], [422, 'This method requires an authenticated user'])
    assert.equal(await world.client().status('GET', '/api/v1/timelines/home'), 401)
  })

  test('the errors that apps look for have their status and their words', async () => {
    const missing = await alice.api.ask('GET', '/api/v1/statuses/1')
    assert.deepEqual([missing.status, missing.body], [404, { error: 'Record not found' }])
    const empty = await alice.api.ask('POST', '/api/v1/statuses', { body: {} })
    assert.equal(empty.status, 422)
    assert.equal(typeof empty.body.error, 'string')
    const narrow = await (await limited('read')).ask('POST', '/api/v1/statuses', { body: { status: 'x' } })
    assert.deepEqual(
      [narrow.status, narrow.body.error],
      [403, 'This action is outside the authorized scopes'],
    )
  })

  test('a deed done twice is answered like the first, and one undone twice as well', async () => {
    const at = `/api/v1/statuses/${posts[1].id}`
    for (const [deed, field, value] of [
      ['favourite', 'favourited', true],
      ['unfavourite', 'favourited', false],
      ['bookmark', 'bookmarked', true],
      ['unbookmark', 'bookmarked', false],
    ] as const)
      for (let time = 0; time < 2; time += 1)
        assert.equal((await bob.api.post(`${at}/${deed}`))[field], value, `${deed} ${time}`)
    const [first, second] = [await bob.api.post(`${at}/reblog`), await bob.api.post(`${at}/reblog`)]
    assert.equal(first.id, second.id)
    assert.equal(first.reblog.id, posts[1].id)
    assert.equal((await bob.api.post(`${at}/unreblog`)).id, posts[1].id, 'the post, not the boost')
  })

  test('one key makes one post however often it is sent, and another person may use the same key', async () => {
    const send = (person: Person) =>
      person.api.post(
        '/api/v1/statuses',
        { status: 'once', visibility: 'direct' },
        { 'idempotency-key': 'k1' },
      )
    const sent = await Promise.all([send(alice), send(alice), send(bob)])
    assert.equal(sent[0].id, sent[1].id)
    assert.notEqual(sent[0].id, sent[2].id)
  })

  test('what was deleted comes back as it was written, for whoever writes it anew', async () => {
    const text = '@bob *not* <b>HTML</b> & #steps\n\nhttps://moot.test/?a=1&b=2'
    const { id } = await alice.api.post('/api/v1/statuses', {
      status: text,
      visibility: 'direct',
      spoiler_text: 'a & b',
    })
    const deleted = await alice.api.delete(`/api/v1/statuses/${id}`)
    assert.deepEqual([deleted.id, deleted.text, deleted.spoiler_text], [id, text, 'a & b'])
    assert.equal(await alice.api.status('GET', `/api/v1/statuses/${id}`), 404)
  })

  test('a streamed message is text inside of JSON, a deletion the bare id, and the stream is named in a list', async () => {
    const { reader } = await mustOpen(world.origin, { query: `?stream=user&access_token=${alice.token}` })
    const { id } = await alice.api.post('/api/v1/statuses', { status: 'streamed' })
    await reader.next('update', (status) => status.id === id)
    await alice.api.delete(`/api/v1/statuses/${id}`)
    await reader.next('delete', (payload) => payload === id)
    for (const message of reader.messages) {
      assert.equal(typeof message.payload, 'string')
      assert.deepEqual(message.stream, ['user'])
    }
    reader.close()
  })

  test('the sub-protocol that carries the token comes back, or browsers would drop the socket', async () => {
    const { reader, protocol } = await mustOpen(world.origin, {
      protocol: alice.token,
      query: '?stream=user',
    })
    assert.equal(protocol, alice.token)
    reader.close()
  })

  test('searching by offset goes on where the page before ended', async () => {
    for (const name of ['steps1', 'steps2']) await alice.api.post('/api/v1/statuses', { status: `#${name}` })
    await world.settle()
    const names = async (query: string): Promise<string[]> =>
      (await alice.api.get(`/api/v2/search?q=steps&type=hashtags&${query}`)).hashtags.map(
        (one: Json) => one.name,
      )
    const all = await names('limit=40')
    assert.ok(all.length >= 3)
    assert.deepEqual([...(await names('limit=2')), ...(await names('limit=40&offset=2'))], all)
  })

  test('an address that the API does not have is a JSON 404', async () => {
    for (const path of ['/api/v1/nothing', '/api/v9/statuses'])
      assert.equal(
        (await fetch(world.origin + path)).headers.get('content-type')?.split(';')[0],
        'application/json',
      )
  })

  test('who may call how often stands in every answer, with six digits of a second', async (t) => {
    const strict = await startWorld({ engine, config: { rateLimits: true } })
    t.after(() => strict.stop())
    for (const path of ['/api/v2/instance', '/api/v1/timelines/public', '/api/v1/timelines/home']) {
      const { headers } = await strict.client().ask('GET', path)
      for (const name of ['limit', 'remaining'])
        assert.match(headers.get(`x-ratelimit-${name}`) ?? '', /^\d+$/, path)
      assert.match(headers.get('x-ratelimit-reset') ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, path)
    }
  })
})

// The promise that a token does what it was given for and no more, and that nobody touches or sees what is another's.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { catalog } from '../contract/validate.ts'
import { forEachEngine } from '../database.ts'
import { ALL_SCOPES, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

interface Endpoint {
  method: string
  path: string
  auth: 'none' | 'user' | 'app'
  scopes: readonly string[]
  params?: readonly { name: string; in: string }[]
}

const ENDPOINTS = (catalog.endpoints as unknown as Endpoint[]).filter((one) => one.path.startsWith('/api/'))

/** Every scope that includes none of these: what a token may hold and still not be let in. */
function scopesWithout(wanted: readonly string[]): string[] {
  const leaves = (parent: string): string[] => [
    ...new Set(
      ENDPOINTS.flatMap((one) => one.scopes ?? []).filter((scope) => scope.startsWith(`${parent}:`)),
    ),
  ]
  const all = [...ALL_SCOPES, ...ALL_SCOPES.flatMap(leaves)]
  const grants = (scope: string): boolean =>
    wanted.some((one) => one === scope || one.startsWith(`${scope}:`)) ||
    (scope === 'follow' && wanted.some((one) => /^(read|write):(blocks|follows|mutes)$/.test(one)))
  return [...new Set(all)].filter((scope) => !grants(scope))
}

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let mallory: Person
  /** Ids of everything that alice has, by what it is. */
  const ids: string[] = []
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice', { password: 'correct horse battery' })
    const bob = await world.account('bob')
    mallory = await world.account('mallory')
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    const post = (body: object): Promise<Json> => alice.api.post('/api/v1/statuses', body)
    const secret = await post({ status: 'For followers', visibility: 'private' })
    const direct = await post({ status: '@bob alone', visibility: 'direct' })
    const open = await post({ status: 'Open #garden' })
    const poll = await post({
      status: 'Which?',
      visibility: 'private',
      poll: { options: ['a', 'b'], expires_in: 600 },
    })
    await bob.api.post('/api/v1/statuses', {
      status: '@alice yes',
      visibility: 'direct',
      in_reply_to_id: direct.id,
    })
    await bob.api.post(`/api/v1/statuses/${open.id}/favourite`)
    await alice.api.post(`/api/v1/statuses/${open.id}/bookmark`)
    const list = await alice.api.post('/api/v1/lists', { title: 'Mine' })
    await alice.api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.id] })
    const filter = await alice.api.post('/api/v2/filters', {
      title: 'Mine',
      context: ['home'],
      keywords_attributes: [{ keyword: 'spoiler' }],
    })
    const filtered = await alice.api.post(`/api/v2/filters/${filter.id}/statuses`, { status_id: open.id })
    await alice.api.post('/api/v1/tags/garden/follow')
    await alice.api.post('/api/v1/markers', { home: { last_read_id: open.id } })
    await world.settle()
    const [notification] = await alice.api.get('/api/v1/notifications')
    const [conversation] = await alice.api.get('/api/v1/conversations')
    ids.push(alice.id, secret.id, direct.id, poll.id, poll.poll.id, list.id, filter.id)
    ids.push(filter.keywords[0].id, filtered.id, notification.id, conversation.id)
  })
  after(() => world.stop())

  /** Every row of the server, but what is kept about tokens in use and work in the queue. */
  const allRows = async (): Promise<string[]> => {
    const { read } = world.house.ctx.store
    const tables = await read.introspection.getTables()
    const rows: string[] = []
    for (const { name } of tables) {
      if (/^(jobs|oauth_tokens|tokens|server_facts|.*_fts.*|.*migration.*|sqlite_.*|search.*)$/.test(name))
        continue
      const found = (await read
        .selectFrom(name as never)
        .selectAll()
        .execute()) as object[]
      rows.push(...found.map((row) => `${name} ${JSON.stringify(row)}`))
    }
    return rows
  }

  test('each call of the API needs the scope that it names, whatever else a token may do', async () => {
    const problems: string[] = []
    const tokens = new Map<string, string>()
    let tried = 0
    for (const endpoint of ENDPOINTS.filter((one) => (one.scopes ?? []).length > 0)) {
      const scopes = scopesWithout(endpoint.scopes)
      const key = scopes.join(' ')
      if (!tokens.has(key)) tokens.set(key, (await world.tokenFor(alice.accountId, scopes)).token)
      const path = endpoint.path.replaceAll(/:\w+/g, ids[1] as string)
      const status = await world.client(tokens.get(key)).status(endpoint.method, path)
      tried += 1
      const isBuilt = world.house.app.routes.some(
        (route) => route.method === endpoint.method && route.path === endpoint.path,
      )
      if (!isBuilt ? status >= 300 : [401, 403].includes(status)) continue
      problems.push(`${endpoint.method} ${endpoint.path} (${endpoint.scopes.join(' ')}) answered ${status}`)
    }
    assert.deepEqual(problems, [])
    assert.ok(tried > 150)
  })

  test('nobody changes a row of another by any id of theirs, in path or body', async () => {
    const before = await allRows()
    assert.ok(before.length > 30)
    const bodies: ((id: string) => object | undefined)[] = [
      () => undefined,
      (id) => ({
        id,
        account_ids: [id],
        status_id: id,
        title: 'Taken',
        status: 'Taken',
        keyword: 'taken',
        phrase: 'taken',
        context: ['home'],
        choices: [0],
        comment: 'taken',
        exclusive: true,
        last_read_id: id,
      }),
    ]
    const done = new Set<string>()
    const endpoints = ENDPOINTS.filter(
      (one) => one.method !== 'GET' && one.path.includes(':') && !one.path.startsWith('/api/v1/accounts/:'),
    )
    const call = async (endpoint: (typeof endpoints)[number], id: string): Promise<void> => {
      const path = endpoint.path.replaceAll(/:\w+/g, id)
      for (const body of bodies) {
        const status = await mallory.api.status(endpoint.method, path, body(id))
        if (status < 400) done.add(`${endpoint.method} ${endpoint.path}`)
      }
    }
    for (const endpoint of endpoints) await Promise.all(ids.map((id) => call(endpoint, id)))
    // A tag may have any name, what is not there is dismissed already, suggestions are hidden for oneself alone, and no
    // report of a year is ever made.
    const harmless = /\/tags\/|\/dismiss$|\/suggestions\/|\/annual_reports\//
    assert.deepEqual(
      [...done].filter((call) => !harmless.test(call)),
      [],
    )
    const mine = new RegExp(`"(?:account_id|id|owner_id)":"?${mallory.id}\\b`)
    const after = new Set(await allRows())
    const lost = before.filter((row) => !after.has(row) && !mine.test(row))
    assert.deepEqual(lost, [])
    const known = new Set(before)
    const added = [...after].filter((row) => !known.has(row) && !mine.test(row) && !/^tags? /.test(row))
    assert.deepEqual(added, [])
  })

  test('what one may not see and what does not exist are answered byte by byte the same', async () => {
    const [, secret, direct, poll, pollId, list, filter, keyword, filtered, notification, conversation] = ids
    const absent = String(Number(secret) + 5)
    const hidden: [string, string, string | undefined][] = []
    for (const id of [secret, direct, poll] as string[]) {
      for (const part of [
        '',
        '/context',
        '/history',
        '/source',
        '/favourited_by',
        '/reblogged_by',
        '/quotes',
      ])
        hidden.push(['GET', `/api/v1/statuses/:id${part}`, id])
      for (const deed of [
        'favourite',
        'reblog',
        'bookmark',
        'mute',
        'pin',
        'unfavourite',
        'unreblog',
        'translate',
      ])
        hidden.push(['POST', `/api/v1/statuses/:id/${deed}`, id])
      hidden.push(['DELETE', '/api/v1/statuses/:id', id], ['PUT', '/api/v1/statuses/:id', id])
      hidden.push(
        ['GET', '/@alice/:id', id],
        ['GET', '/users/alice/posts/:id', id],
        ['GET', '/contexts/:id', id],
      )
      for (const part of ['activity', 'likes', 'shares', 'replies', 'quotes/7'])
        hidden.push(['GET', `/users/alice/posts/:id/${part}`, id])
      hidden.push(['GET', `/api/oembed?url=${encodeURIComponent(`${world.origin}/@alice/`)}:id`, id])
    }
    hidden.push(['GET', '/api/v1/polls/:id', pollId], ['POST', '/api/v1/polls/:id/votes', pollId])
    for (const [path, id] of [
      ['/api/v1/lists/:id', list],
      ['/api/v1/lists/:id/accounts', list],
      ['/api/v1/timelines/list/:id', list],
      ['/api/v2/filters/:id', filter],
      ['/api/v2/filters/keywords/:id', keyword],
      ['/api/v2/filters/statuses/:id', filtered],
      ['/api/v1/notifications/:id', notification],
    ] as const)
      hidden.push(['GET', path, id])
    hidden.push(['POST', '/api/v1/conversations/:id/read', conversation])
    const ask = async (method: string, path: string, accept: string, token?: string): Promise<string> => {
      const answer = await fetch(world.origin + path, {
        method,
        redirect: 'manual',
        headers: {
          accept,
          // Compressed, the length of a page changes with every digit of the address it repeats.
          'accept-encoding': 'identity',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(method === 'POST' || method === 'PUT'
          ? { body: new URLSearchParams({ 'choices[]': '0', status: 'x' }) }
          : {}),
      })
      const headers = [...answer.headers].filter(([name]) => name !== 'date')
      return JSON.stringify([answer.status, headers, await answer.text()])
    }
    let compared = 0
    for (const [method, path, id = ''] of hidden)
      for (const token of [undefined, mallory.token])
        for (const accept of ['application/json', 'text/html', 'application/activity+json']) {
          const is = await ask(method, path.replaceAll(':id', id), accept, token)
          const isNot = await ask(method, path.replaceAll(':id', absent), accept, token)
          compared += 1
          assert.equal(
            is.replaceAll(id, 'ID'),
            isNot.replaceAll(absent, 'ID'),
            `${method} ${path} as ${accept}`,
          )
        }
    assert.ok(compared > 300)
  })

  test('it takes no longer to find a hidden post than an absent one', async () => {
    const [, secret] = ids
    const absent = String(Number(secret) + 5)
    const times: Record<string, number[]> = { [secret as string]: [], [absent]: [] }
    for (let round = 0; round < 200; round += 1)
      for (const [id, list] of Object.entries(times)) {
        const began = performance.now()
        await (await fetch(`${world.origin}/api/v1/statuses/${id}`)).text()
        list.push(performance.now() - began)
      }
    const [is = 0, isNot = 0] = Object.values(times).map((list) => list.toSorted((a, b) => a - b)[100] ?? 0)
    // The network varies by more than this.
    assert.ok(Math.abs(is - isNot) < 3, `${is} ms and ${isNot} ms`)
  })
})

// The promise that nothing a client sends breaks the server or opens what is closed: every endpoint, hostile values.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { catalog } from '../contract/validate.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const SECRET = 'bougainvillea'

type Endpoint = Omit<(typeof catalog.endpoints)[number], 'params'> & {
  auth: string
  params: { name: string; in: string }[]
}

/** Values that are rarely what an endpoint expects. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e300,
  '9007199254740993',
  '99999999999999999999999999',
  '-5',
  'NaN',
  [],
  {},
  [null],
  [[['deep']]],
  [{ id: {} }, 5],
  { 0: 'a', 1: { 2: 'b' } },
  { toString: 'x', length: -1 },
  '\u0000\u0001\uFFFF',
  'a\r\nSet-Cookie: x=1',
  '\uD800',
  '💥'.repeat(500),
  'x'.repeat(70_000),
  '../../../etc/passwd',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  'https://localhost:1/x',
  'http://[::1]/',
  'javascript:alert(1)',
  '2026-13-45T99:99:99Z',
  'true',
  'public',
  Array.from({ length: 3000 }, (_, index) => index),
]

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The same sequence in every run, so that a failure can be seen again. */
function createDice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

forEachEngine((engine) => {
  let world: World
  let carol: Person
  const foreign: string[] = []
  before(async () => {
    world = await startWorld({ engine })
    const alice = await world.account('alice')
    const bob = await world.account('bob')
    carol = await world.account('carol', { scopes: ['read', 'write', 'follow', 'push'] })
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    const post = (body: object) => alice.api.post('/api/v1/statuses', body)
    const status = await post({ status: `@bob ${SECRET}`, visibility: 'direct' })
    const quiet = await post({
      status: SECRET,
      visibility: 'private',
      poll: { options: [SECRET, 'b'], expires_in: 3600 },
    })
    await bob.api.post(`/api/v1/statuses/${quiet.id}/favourite`)
    const list = await alice.api.post('/api/v1/lists', { title: SECRET })
    await alice.api.post(`/api/v1/accounts/${bob.id}/note`, { comment: SECRET })
    await world.settle()
    const [notification] = await alice.api.get('/api/v1/notifications')
    const [conversation] = await bob.api.get('/api/v1/conversations')
    foreign.push(status.id, quiet.id, list.id, notification.id, conversation.id, alice.id, bob.id, carol.id)
  })
  after(() => world.stop())

  const endpoints = (catalog.endpoints as unknown as Endpoint[]).filter(
    (one) => one.path.startsWith('/api/') && !one.path.includes('/streaming'),
  )

  function callOf(endpoint: Endpoint, dice: (sides: number) => number): { path: string; body: Json } {
    const pick = <T>(list: readonly T[]): T => list[dice(list.length)] as T
    const path = endpoint.path.replaceAll(/:\w+/g, () =>
      dice(3) === 0
        ? encodeURIComponent(textOf(pick(HOSTILE)).toWellFormed().slice(0, 200)) || 'x'
        : pick(foreign),
    )
    const values = (endpoint.params ?? [])
      .filter((param) => param.in !== 'path' && dice(4) > 0)
      .map((param): [string, unknown] => [param.name, dice(3) === 0 ? pick(foreign) : pick(HOSTILE)])
    if (endpoint.method !== 'GET' && endpoint.method !== 'DELETE')
      return { path, body: Object.fromEntries(values) }
    const query = new URLSearchParams(
      values.map(([name, value]) => [dice(4) === 0 ? `${name}[]` : name, textOf(value).slice(0, 1500)]),
    )
    return { path: `${path}?${query.toString()}`, body: undefined }
  }

  test('without a token, no endpoint changes anything or shows what is private', async () => {
    const dice = createDice(7)
    const anyone = world.client()
    const { ctx } = world.house
    const countPosts = async (): Promise<number> =>
      Number(
        (
          await ctx.store.read
            .selectFrom('posts')
            .select((eb) => eb.fn.countAll().as('count'))
            .executeTakeFirstOrThrow()
        ).count,
      )
    const before = await countPosts()
    for (const endpoint of endpoints) {
      if (endpoint.auth === 'none') continue
      const { path, body } = callOf(endpoint, dice)
      const answer = await anyone.ask(endpoint.method, path, { body })
      assert.ok(
        [400, 401, 403, 404, 413, 422].includes(answer.status),
        `${endpoint.method} ${path}: ${answer.status}`,
      )
    }
    assert.equal(await countPosts(), before)
  })

  test('administration is closed to everybody else', async () => {
    const admin = await world.tokenFor(carol.accountId, ['admin:read', 'admin:write', 'read', 'write'])
    const api = world.client(admin.token)
    for (const endpoint of endpoints.filter((one) => one.path.includes('/admin/'))) {
      const path = endpoint.path.replaceAll(/:\w+/g, foreign[5] as string)
      const status = await api.status(endpoint.method, path, endpoint.method === 'GET' ? undefined : {})
      assert.ok([403, 404].includes(status), `${endpoint.method} ${path}: ${status}`)
    }
  })

  test('ten thousand pairs, deep names and endless lists are refused in no time', async () => {
    const bodies = [
      new URLSearchParams(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, 'x'])),
      new URLSearchParams([[`a${'[b]'.repeat(2000)}`, 'x']]),
      new URLSearchParams(Array.from({ length: 1900 }, (_, index) => [`media_ids[]`, String(index)])),
      new URLSearchParams(Array.from({ length: 1000 }, (_, index) => [`poll[options][${index}]`, 'x'])),
    ]
    for (const body of bodies) {
      const began = performance.now()
      const answer = await carol.api.ask('POST', '/api/v1/statuses', { body })
      assert.equal(answer.status, 422)
      assert.ok(performance.now() - began < 1000)
    }
  })
})

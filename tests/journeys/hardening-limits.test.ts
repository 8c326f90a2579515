// The promise that nobody fills the server with endless texts, nor learns of a post by reporting it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const LONG = 'x'.repeat(900_000)

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let mallory: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    mallory = await world.account('mallory')
  })
  after(() => world.stop())

  /** The longest text in any row, and where it stands. */
  const longest = async (): Promise<{ length: number; where: string }> => {
    const { read } = world.house.ctx.store
    let most = { length: 0, where: '' }
    for (const { name } of await read.introspection.getTables()) {
      if (/fts|search|sqlite_/.test(name)) continue
      const rows = (await read
        .selectFrom(name as never)
        .selectAll()
        .execute()) as Record<string, unknown>[]
      for (const row of rows)
        for (const [column, value] of Object.entries(row))
          if (typeof value === 'string' && value.length > most.length)
            most = { length: value.length, where: `${name}.${column}` }
    }
    return most
  }

  test('nearly a megabyte in any text of a call is refused in words and kept nowhere', async () => {
    const status = await mallory.api.post('/api/v1/statuses', { status: 'Hello' })
    const list = await mallory.api.post('/api/v1/lists', { title: 'Friends' })
    const filter = await mallory.api.post('/api/v2/filters', { title: 'f', context: ['home'] })
    const calls: [string, string, object][] = [
      ['POST', '/api/v1/lists', { title: LONG }],
      ['PUT', `/api/v1/lists/${list.id}`, { title: LONG }],
      ['PUT', `/api/v1/lists/${list.id}`, { title: 'x', replies_policy: LONG }],
      ['POST', '/api/v2/filters', { title: LONG, context: ['home'] }],
      ['POST', '/api/v2/filters', { title: 'x', context: [LONG] }],
      [
        'POST',
        '/api/v2/filters',
        { title: 'x', context: ['home'], keywords_attributes: [{ keyword: LONG }] },
      ],
      ['POST', `/api/v2/filters/${filter.id}/keywords`, { keyword: LONG }],
      ['POST', '/api/v1/filters', { phrase: LONG, context: ['home'] }],
      ['POST', '/api/v1/statuses', { status: LONG }],
      ['POST', '/api/v1/statuses', { status: 'x', spoiler_text: LONG }],
      ['POST', '/api/v1/statuses', { status: 'x', poll: { options: [LONG, 'b'], expires_in: 600 } }],
      ['POST', '/api/v1/statuses', { status: 'x', language: LONG }],
      ['PUT', `/api/v1/statuses/${status.id}`, { status: LONG }],
      ['POST', `/api/v1/accounts/${alice.id}/note`, { comment: LONG }],
      ['POST', '/api/v1/reports', { account_id: alice.id, comment: LONG }],
      ['POST', `/api/v1/tags/${'y'.repeat(5000)}/follow`, {}],
      ['PATCH', '/api/v1/accounts/update_credentials', { display_name: LONG }],
      ['PATCH', '/api/v1/accounts/update_credentials', { note: LONG }],
      ['PATCH', '/api/v1/accounts/update_credentials', { fields_attributes: [{ name: LONG, value: LONG }] }],
      ['POST', '/api/v1/apps', { client_name: LONG, redirect_uris: 'https://x.test' }],
      ['POST', '/api/v1/apps', { client_name: 'x', redirect_uris: `https://x.test/${LONG}` }],
      [
        'POST',
        '/api/v1/apps',
        { client_name: 'x', redirect_uris: 'https://x.test', website: `https://x.test/${LONG}` },
      ],
      [
        'POST',
        '/api/v1/push/subscription',
        { subscription: { endpoint: `https://x.test/${LONG}`, keys: { p256dh: LONG, auth: LONG } } },
      ],
      ['POST', '/api/v1/markers', { home: { last_read_id: LONG } }],
    ]
    for (const [method, path, body] of calls) {
      const answer = await mallory.api.ask(method, path, { body })
      const words = Object.keys(body).join()
      assert.ok(
        [400, 404, 413, 422].includes(answer.status),
        `${method} ${path.slice(0, 60)} ${words}: ${answer.status}`,
      )
      assert.ok(JSON.stringify(answer.body).length < 2000, 'the refusal does not repeat what was sent')
    }
    const key = await mallory.api.ask('POST', '/api/v1/statuses', {
      body: { status: 'x' },
      headers: { 'idempotency-key': 'k'.repeat(9000), 'content-type': 'application/json' },
    })
    assert.ok(key.status < 500)
    const most = await longest()
    assert.ok(most.length < 20_000, `${most.where} holds ${most.length} characters`)
  })

  test('nobody makes lists or filters without end', async () => {
    const make = async (count: number, call: (index: number) => Promise<number>): Promise<number> => {
      for (let index = 0; index < count; index += 1) if ((await call(index)) >= 400) return index
      return count
    }
    const lists = await make(60, (index) =>
      mallory.api.status('POST', '/api/v1/lists', { title: `l${index}` }),
    )
    assert.ok(lists < 60)
    const filters = await make(300, (index) =>
      mallory.api.status('POST', '/api/v2/filters', { title: `f${index}`, context: ['home'] }),
    )
    assert.ok(filters < 300)
  })

  test('a report of a post that one may not see is answered as for one that does not exist, and files nothing', async () => {
    const secret = await alice.api.post('/api/v1/statuses', { status: 'Hidden', visibility: 'private' })
    const direct = await alice.api.post('/api/v1/statuses', { status: 'Hidden', visibility: 'direct' })
    const report = async (id: string): Promise<string> => {
      const answer = await mallory.api.ask('POST', '/api/v1/reports', {
        body: { account_id: alice.id, status_ids: [id] },
      })
      return JSON.stringify([answer.status, answer.body])
    }
    const absent = await report(String(Number(direct.id) + 5))
    assert.match(absent, /^\[404/)
    assert.equal(await report(secret.id), absent)
    assert.equal(await report(direct.id), absent)
    const { read } = world.house.ctx.store
    assert.deepEqual(await read.selectFrom('reports').select('id').execute(), [])
  })
})

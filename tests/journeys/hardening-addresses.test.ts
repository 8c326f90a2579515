// The promise that no address of the server breaks, tells of its inside or serves an unguarded page, whatever is asked.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

/** What stands in a path where a name or an id is expected; as it is sent. */
const PARTS = [
  'x',
  '0',
  '9007199254740993',
  '%00',
  'a%00b',
  '%E0%A4%A',
  '%F0%9F%92%A5',
  '..%2F..%2Fetc%2Fpasswd',
  'x%0d%0aSet-Cookie:%20a=1',
  '__proto__',
  '%22%3E%3Cscript%3E',
  '%E2%80%AEecila',
  'y'.repeat(3000),
]

const QUERIES = [
  '',
  '?max_id=%00&limit=-9999999999&min_id=1e9&page=%00&q=%00',
  '?limit[]=1&limit[a]=2&max_id[]=x&types[]=%00&id[]=%00&uri[]=1&return_to[]=x',
  `?uri=${'a'.repeat(1999)}%F0%9F%92%A5&q=${'a'.repeat(1999)}%F0%9F%92%A5&return_to=${'%F0%9F%92%A5'.repeat(100)}`,
  `?text=${'a'.repeat(4999)}%F0%9F%92%A5&title=&url=%01&acct=%00@%00&resource=acct:%00@%00&code=%00&token=%00`,
  '?access_token=%00%01&client_id=%00&redirect_uri=%0d%0a&state=%0d%0aX: y&return_to=/%01%0b',
  '?address=a@b..c&uri=%ED%A0%80&%=%&&&==[[]]&a[b&]=1&__proto__[x]=1&constructor[prototype]=2',
]

const ACCEPTS = [
  'application/json+activity',
  'application/activity+json;q=',
  'application/ld+json; profile="',
  '*/',
  ',,,;;;',
  'text/html;q=0, application/activity+json;q=2',
  'text/html,'.repeat(700),
  'APPLICATION/ACTIVITY+JSON',
  'image/*',
]

const INSIDE =
  /\bat (?:async )?\S+ \(?(?:file|node):|\bnode_modules\b|\/src\/|SQLITE|SqliteError|syntax error|PostgresError|TypeError|RangeError|URIError/

forEachEngine((engine) => {
  let world: World
  before(async () => {
    world = await startWorld({ engine })
    await world.account('alice', { password: 'correct horse battery' })
  })
  after(() => world.stop())

  /** Every path that answers GET, its named parts filled in. */
  const pathsWith = (part: string): string[] => [
    ...new Set(
      world.house.app.routes
        .filter((route) => route.method === 'GET' && !route.path.startsWith('/api/v1/streaming'))
        .map((route) =>
          route.path
            .replaceAll(/:handle\{[^}]*\}+/g, part.startsWith('@') ? part : `@${part}`)
            .replaceAll(/:id\{\[0-9\]\+\}/g, '7')
            .replaceAll(/:\w+\{([\w|]+)\}/g, (_, words: string) => words.split('|')[0] ?? 'x')
            .replaceAll(/:\w+|\*/g, part),
        ),
    ),
  ]

  const problems = async (path: string, headers: Record<string, string> = {}): Promise<string[]> => {
    const answer = await fetch(world.origin + path, { headers, redirect: 'manual' })
    const text = await answer.text()
    const said = (what: string): string =>
      `${path.slice(0, 160)} ${JSON.stringify(headers).slice(0, 80)} ${what}`
    const found: string[] = []
    if (answer.status >= 500) found.push(said(`answers ${answer.status}`))
    if (!/\.(svg|ico|png|css)$/.test(path) && INSIDE.test(text))
      found.push(said(`tells: ${text.slice(0, 200)}`))
    if (answer.headers.get('set-cookie')?.includes('a=1') === true)
      found.push(said('lets a header be forged'))
    const to = answer.headers.get('location')
    if (to !== null && new URL(to, world.origin).origin !== world.origin) found.push(said(`leads to ${to}`))
    if (!(answer.headers.get('content-type') ?? '').includes('text/html')) return found
    const policy = answer.headers.get('content-security-policy') ?? ''
    for (const needed of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", 'form-action '])
      if (!policy.includes(needed)) found.push(said(`lacks ${needed}`))
    if (/unsafe-|script-src[^;]*(\*|https?:)/.test(policy)) found.push(said(`allows scripts: ${policy}`))
    if (answer.headers.get('x-content-type-options') !== 'nosniff') found.push(said('may be sniffed'))
    if (answer.headers.get('referrer-policy') === null) found.push(said('tells others where one comes from'))
    return found
  }

  test('no address fails, forges a header, leads elsewhere or lacks the guard of its page, whatever stands in it', async () => {
    const found: string[] = []
    let asked = 0
    for (const part of PARTS)
      for (const path of pathsWith(part)) {
        asked += 1
        found.push(
          ...(await problems(path + (QUERIES[asked % QUERIES.length] ?? ''), { accept: 'text/html' })),
        )
      }
    assert.deepEqual([...new Set(found)], [])
    assert.ok(asked > 900, `only ${asked} addresses were asked`)
  })

  test('every address stands every query', async () => {
    const found: string[] = []
    const { token } = await world.account('alice')
    for (const query of QUERIES)
      for (const path of pathsWith('alice')) {
        found.push(...(await problems(path + query)))
        if (path.startsWith('/api/'))
          found.push(...(await problems(path + query, { authorization: `Bearer ${token}` })))
      }
    assert.deepEqual([...new Set(found)], [])
  })

  test('odd Accept headers break no address', async () => {
    const found: string[] = []
    for (const accept of ACCEPTS)
      for (const path of pathsWith('alice')) found.push(...(await problems(path, { accept })))
    assert.deepEqual([...new Set(found)], [])
  })
})

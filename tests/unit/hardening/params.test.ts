// The promise that parameters are read, or refused in words, whatever a client sends: no crash, no prototype, no endless work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { idFloor, idTime, parseId } from '../../../src/lib/id.ts'
import { Refusal } from '../../../src/model/refusal.ts'
import { linkHeader, readPage } from '../../../src/protocols/mastodon/http/page.ts'
import { nestPairs, readParams, treeFromJson } from '../../../src/protocols/mastodon/http/params.ts'
import type { ParamTree, Params } from '../../../src/protocols/mastodon/http/params.ts'
import { safeReturn } from '../../../src/protocols/mastodon/oauth/safe-return.ts'
import { includesScope, parseScopes, SCOPES } from '../../../src/protocols/mastodon/http/scopes.ts'
import { safePath } from '../../../src/protocols/pages/parts.ts'

const steps = fc.constantFrom(
  '',
  'a',
  'b',
  '0',
  '1',
  '__proto__',
  'constructor',
  'toString',
  'length',
  ']',
  '[',
)
const names = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', '__proto__', ''), fc.array(steps, { maxLength: 12 }))
    .map(([first, rest]) => first + rest.map((step) => `[${step}]`).join('')),
  fc.string({ maxLength: 20 }),
)
const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 30 })

/** Every way to read a value; only refusals may come out of it. */
function readEverything(params: Params, name: string): void {
  const ways: (() => unknown)[] = [
    () => params.has(name),
    () => params.text(name, 100),
    () => params.required(name, 100),
    () => params.flag(name),
    () => params.integer(name),
    () => params.id(name),
    () => params.ids(name, 10),
    () => params.texts(name, 10, 100),
    () => params.child(name)?.text('a'),
    () => params.children(name, 10)?.map((child) => child.text('a')),
    () => params.file(name),
  ]
  for (const read of ways)
    try {
      read()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
}

function treeOrRefusal(make: () => ParamTree): ParamTree | undefined {
  try {
    return make()
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return undefined
  }
}

test('any pairs are nested into plain trees that every reader can read', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const tree = treeOrRefusal(() => nestPairs(list))
      if (!tree) return
      assert.equal(Object.getPrototypeOf(tree), null)
      for (const name of ['a', 'b', '__proto__', 'constructor', ...Object.keys(tree)])
        readEverything(readParams(tree), name)
      assert.equal(({} as Record<string, unknown>)['a'], undefined)
    }),
  )
})

test('any JSON is read as parameters or refused', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 12 }), (text) => {
      const tree = treeOrRefusal(() => treeFromJson(JSON.parse(text)))
      if (!tree) return
      assert.equal(Object.getPrototypeOf(tree), null)
      for (const name of [...Object.keys(tree), '__proto__']) readEverything(readParams(tree), name)
    }),
  )
  const spoofed = treeFromJson(
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
  )
  assert.equal(({} as Record<string, unknown>)['admin'], undefined)
  assert.equal(readParams(spoofed).flag('admin'), undefined)
})

test('of repeated names the last one counts, in forms and in JSON alike', () => {
  const form = readParams(nestPairs(new URLSearchParams('status=a&status=b')))
  const json = readParams(treeFromJson(JSON.parse('{"status":"a","status":"b"}')))
  assert.equal(form.text('status'), 'b')
  assert.equal(json.text('status'), 'b')
})

test('JSON a hundred thousand levels deep is refused, not followed', () => {
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  assert.throws(() => treeFromJson(JSON.parse(deep)), Refusal)
  assert.throws(() => treeFromJson({ a: Array.from({ length: 3000 }, () => 0) }), Refusal)
})

test('what is sent as a list comes back as that list, in each of the ways that apps write lists', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 15 }),
      (list) => {
        const clean = list.map((text) => text.replaceAll('\u0000', ''))
        const brackets = nestPairs(list.map((text): [string, string] => ['x[]', text]))
        const numbered = nestPairs(list.map((text, index): [string, string] => [`x[${index}]`, text]))
        for (const tree of [brackets, numbered, treeFromJson({ x: list })])
          assert.deepEqual(readParams(tree).texts('x'), clean)
      },
    ),
  )
})

test('an id is one spelling of one number, and nothing else is an id', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 20 }), fc.maxSafeNat().map(String), fc.bigInt().map(String)),
      (text) => {
        const id = parseId(text)
        if (id === undefined)
          assert.ok(!/^(0|[1-9]\d*)$/.test(text) || Number(text) > Number.MAX_SAFE_INTEGER)
        else assert.equal(String(id), text)
      },
    ),
  )
  for (const value of [
    -1,
    1.5,
    NaN,
    Infinity,
    2 ** 53,
    null,
    undefined,
    {},
    [],
    [1],
    '01',
    '+1',
    '1e3',
    '1 ',
    ' 1',
    '0x1',
    '１',
  ])
    assert.equal(parseId(value), undefined, JSON.stringify(value))
})

test('ids sort by the time at which they were made', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_577_836_800_000, max: 3_000_000_000_000 }), (ms) => {
      assert.equal(idTime(idFloor(ms)), ms)
      assert.ok(idFloor(ms + 1) > idFloor(ms))
    }),
  )
})

test('a page is cut by safe numbers and never longer than allowed', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('limit', 'max_id', 'since_id', 'min_id'),
        fc.oneof(fc.string(), fc.integer().map(String), fc.bigInt().map(String)),
      ),
      (query) => {
        const page = readPage(readParams(nestPairs(Object.entries(query))), 20, 40)
        assert.ok(page.limit >= 1 && page.limit <= 40)
        for (const id of [page.maxId, page.minId, page.sinceId])
          assert.ok(id === undefined || Number.isSafeInteger(id))
      },
    ),
  )
})

test('the Link header leads to this server, keeps what was asked for, leaves out the token and cannot be broken out of', () => {
  const value = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed())
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value), { maxLength: 6 }),
      fc.maxSafeNat(),
      fc.maxSafeNat(),
      (asked, first, last) => {
        const url = new URL('http://evil.test/api/v1/timelines/home')
        for (const [name, text] of asked) url.searchParams.append(name, text)
        url.searchParams.append('access_token', 'hush')
        const header = linkHeader(url.href, 'https://here.test', { first, last })
        // oxlint-disable-next-line no-control-regex -- what a header must not hold
        assert.ok(!/[\u0000-\u001f\u007f-\uffff]/.test(header))
        const links = [...header.matchAll(/<([^<>]*)>; rel="(next|prev)"/g)]
        assert.equal(links.map((link) => link[0]).join(', '), header)
        assert.deepEqual(
          links.map((link) => link[2]),
          ['next', 'prev'],
        )
        for (const [, href = '', rel] of links) {
          const to = new URL(href)
          assert.equal(to.origin, 'https://here.test')
          assert.equal(to.searchParams.get('access_token'), null)
          assert.equal(
            to.searchParams.get(rel === 'next' ? 'max_id' : 'min_id'),
            String(rel === 'next' ? last : first),
          )
          const cursors = new Set(['max_id', 'since_id', 'min_id', 'access_token'])
          const kept = [...to.searchParams].filter(([name]) => !cursors.has(name))
          assert.deepEqual(
            kept,
            asked.filter(([name]) => !cursors.has(name)),
          )
        }
      },
    ),
  )
})

test('nobody is led to another site after signing in, whatever the way back says', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '//',
    'evil.test',
    '@',
    ':',
    'https:',
    '.',
    '..',
    '\t',
    '\n',
    '\r',
    ' ',
    '%2f',
    '?',
    '#',
    'a',
    '\u0000',
    '\u2028',
    'ü',
  )
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
      (path) => {
        for (const to of [safeReturn(path), safePath(path)]) {
          assert.equal(new URL(to, 'https://here.test').origin, 'https://here.test')
          assert.match(to, /^\/[\x21-\x7e]*$/)
          assert.doesNotThrow(() => new Headers({ location: to }))
        }
      },
    ),
  )
})

test('a scope grants itself, what lies below it, and nothing beside or above', () => {
  fc.assert(
    fc.property(fc.subarray([...SCOPES]), fc.constantFrom(...SCOPES), (granted, wanted) => {
      const own = granted.includes(wanted)
      const above = granted.some((scope) => wanted.startsWith(`${scope}:`))
      const byFollow = granted.includes('follow') && /^(read|write):(blocks|follows|mutes)$/.test(wanted)
      assert.equal(includesScope(granted, wanted), own || above || byFollow)
    }),
  )
  for (const text of [
    'everything',
    'read:everything',
    'read write admin',
    'READ',
    'read:accounts:x',
    '__proto__',
  ])
    assert.equal(parseScopes(text), undefined, text)
})

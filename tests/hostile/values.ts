// What callers send who mean harm or know no better: values that are rarely expected, and bodies in every wrong shape.

/** The same sequence in every run with a seed, so that a failure can be seen again. */
export type Dice = (sides: number) => number

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  return (sides) => {
    // xorshift32 after a step of Weyl: small, and even in its low bits.
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides
  }
}

export const pick = <T>(dice: Dice, list: readonly T[]): T => list[dice(list.length)] as T

const deep = (depth: number): unknown => (depth === 0 ? 'deep' : { a: [deep(depth - 1)] })

/** Values that are rarely what an endpoint expects. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  false,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e300,
  2 ** 53,
  '9007199254740993',
  '9223372036854775808',
  '99999999999999999999999999',
  '-5',
  '0x10',
  '1e3',
  'NaN',
  'null',
  'undefined',
  [],
  {},
  [null],
  [[['deep']]],
  [{ id: {} }, 5],
  { 0: 'a', 1: { 2: 'b' } },
  { toString: 'x', length: -1, valueOf: 1 },
  { id: { $ne: null } },
  deep(7),
  deep(60),
  '\u0000\u0001\uFFFF',
  'a\u0000b',
  'a\r\nSet-Cookie: x=1',
  '\uD800',
  '\uDC00\uD800 lone',
  '\u202Eevil\u200B',
  'ﷺ'.repeat(300),
  '💥'.repeat(500),
  'é'.repeat(1000).normalize('NFD'),
  'x'.repeat(70_000),
  '@'.repeat(3000),
  '#a '.repeat(2000),
  '@alice@'.repeat(400),
  '[a](b)'.repeat(500),
  '<'.repeat(4000),
  '../../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%00',
  "' or 1=1 --",
  '" or ""="',
  '*',
  '%_%',
  '(((((',
  'from:',
  'from:@ before:x "',
  '<script>alert(1)</script>',
  'https://localhost:1/x',
  'http://[::1]/',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//evil.test',
  'acct:alice@evil.test',
  '2026-13-45T99:99:99Z',
  '9999-12-31T23:59:59Z',
  '-000001-01-01',
  'true',
  'public',
  'direct',
  'de',
  'text/markdown',
  Array.from({ length: 3000 }, (_, index) => index),
  Array.from({ length: 30 }, () => 'same'),
]

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

export interface Sending {
  type: string | undefined
  body: string | Uint8Array<ArrayBuffer> | FormData | undefined
}

const scalarPairs = (values: readonly [string, unknown][], dice: Dice): [string, string][] =>
  values.map(([name, value]) => [
    dice(4) === 0 ? `${name}[]` : dice(9) === 0 ? `${name}[x][0]` : name,
    textOf(value).toWellFormed(),
  ])

function multipart(values: readonly [string, unknown][], dice: Dice): FormData {
  const form = new FormData()
  for (const [name, value] of scalarPairs(values, dice))
    if (dice(5) === 0)
      form.append(name, new Blob([value.slice(0, 5000)]), pick(dice, ['a.png', '../../x', 'é"\n']))
    else form.append(name, value)
  return form
}

const BROKEN_PARTS = [
  '',
  '--b',
  '--b--',
  '--b\r\n',
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc',
  '--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--\r\n',
  '--b\r\ncontent-disposition: form-data; name="a\0b"; filename*=UTF-8\'\'%FF\r\n\r\n\r\n--b--\r\n',
  '--other\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--other--\r\n',
  `--b\r\n${'X-Long: y\r\n'.repeat(3000)}\r\nabc\r\n--b--\r\n`,
]
const BROKEN_JSON = [
  '',
  '{',
  '[',
  'null',
  '[]',
  '"text"',
  '1e999',
  '{"a":1e999}',
  '\u0000',
  '{"__proto__":{"a":1}}',
  '{"a":1,"a":2}',
]
const ODD_TYPES = [
  'text/plain',
  'application/octet-stream',
  'application/json; charset=utf-16',
  'application/ld+json',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/mixed; boundary=b',
  'application/x-www-form-urlencoded; charset=x',
  'image/png',
  '*/*',
  ';;;',
]

/** The values as one of the bodies that clients send, or one that nobody should. */
export function sendingOf(values: readonly [string, unknown][], dice: Dice): Sending {
  const json = JSON.stringify(Object.fromEntries(values))
  switch (dice(12)) {
    case 0:
    case 1:
      return {
        type: 'application/x-www-form-urlencoded',
        body: new URLSearchParams(scalarPairs(values, dice)).toString(),
      }
    case 2:
    case 3:
      return { type: undefined, body: multipart(values, dice) }
    case 4:
      return { type: 'multipart/form-data; boundary=b', body: pick(dice, BROKEN_PARTS) }
    case 5:
      return { type: 'application/json', body: pick(dice, BROKEN_JSON) }
    case 6:
      return { type: pick(dice, ODD_TYPES), body: json }
    case 7:
      return { type: 'application/json', body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }
    case 8:
      return {
        type: 'application/json',
        body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x22, 0x3a, 0x31, 0x7d]),
      }
    default:
      return { type: 'application/json', body: json }
  }
}

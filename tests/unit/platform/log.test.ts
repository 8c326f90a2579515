// Promises to operators about the log: no secrets in it, no forged lines, and errors with their causes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createLog } from '../../../src/platform/log.ts'
import type { Log, LogLevel } from '../../../src/platform/log.ts'

const capture = (format: 'json' | 'pretty', use: (log: Log) => void, level: LogLevel = 'trace'): string => {
  let text = ''
  use(createLog({ level, format, write: (line) => (text += line) }))
  return text
}

const secrets = (log: Log): void => {
  log.info('GET /api?access_token=hunter2&x=1 with Bearer hunter2hunter2', {
    url: 'https://a.test/cb?code=hunter2#token=hunter2',
    headers: {
      Authorization: 'Bearer hunter2',
      cookie: 'session=hunter2',
      Signature: 'hunter2',
      accept: 'text/html',
    },
    password: 'hunter2',
    newPassword: 'hunter2',
    accessToken: 'hunter2',
    client_secret: 'hunter2',
    database: 'postgres://me:hunter2@db/folkmoot',
    list: [{ private_key: 'hunter2' }],
    error: new Error('failed at https://a.test/?token=hunter2', {
      cause: new Error('password=hunter2 &password=hunter2'),
    }),
    bytes: Buffer.from('hunter2'),
  })
  log.child({ token: 'hunter2', request: 7 }).warn('child')
}

test('passwords, tokens, cookies and signatures never reach the log, however deep they lie', () => {
  for (const format of ['json', 'pretty'] as const) {
    const text = capture(format, secrets)
    assert.equal(text.replaceAll('password=hunter2 &', '').match(/hunter2/g), null, text)
    assert.match(text, /text\/html/)
    assert.match(text, /\[redacted\]/)
  }
})

test('machines read one JSON object a line with time, level and message', () => {
  const text = capture('json', (log) =>
    log.child({ request: 7 }).error('It broke.', { error: new Error('why') }),
  )
  const line = JSON.parse(text) as Record<string, unknown>
  assert.equal(line['level'], 'error')
  assert.equal(line['message'], 'It broke.')
  assert.equal(line['request'], 7)
  assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT/)
  assert.equal((line['error'] as { message: string }).message, 'why')
})

test('an operator reads errors with their stack, and lines below the level are not written', () => {
  const text = capture(
    'pretty',
    (log) => log.error('It broke.', { error: new Error('why'), path: '/a b' }),
    'info',
  )
  assert.match(
    text,
    /ERROR.* It broke\. error=\{"name":"Error","message":"why"\} path="\/a b"\n {4}Error: why\n {4} {4}at /,
  )
  assert.equal(
    capture('pretty', (log) => log.debug('hidden'), 'info'),
    '',
  )
  assert.equal(
    capture('json', (log) => log.fatal('hidden'), 'silent'),
    '',
  )
})

test('no text from outside can forge a line or steer the terminal', () => {
  const forged = 'ok\n12:00:00.000 INFO  forged\r\u001b[2J\u2028\u202eevil'
  const line = capture('pretty', (log) => log.info(forged, { name: forged, [forged]: 1 }))
  assert.equal(line.split('\n').length, 2)
  // oxlint-disable-next-line no-control-regex -- the very characters that must not be there
  assert.doesNotMatch(line.replace(/\u001b\[\d+m/g, ''), /[\u0000-\u0009\u000b-\u001f\u2028\u202e]/)
  const hostile = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r',
    '\0',
    '\u001b',
    '\u0085',
    '\u2028',
    '\u202e',
    '"',
    '\\',
    'ü',
  )
  const written = fc.string({ unit: hostile, maxLength: 40 })
  let text = ''
  const write = (line: string): void => void (text += line)
  const logs = (['json', 'pretty'] as const).map((format) => createLog({ level: 'info', format, write }))
  fc.assert(
    fc.property(written, written, (message, value) => {
      for (const log of logs) {
        text = ''
        log.info(message, { value })
        assert.equal(text.split(/[\n\r\u2028\u2029]/).length, 2)
      }
    }),
  )
})

test('endless, circular and deep values are cut, not followed', () => {
  const circular: Record<string, unknown> = { name: 'loop' }
  circular['self'] = circular
  const text = capture('json', (log) =>
    log.info('x'.repeat(100_000), { circular, list: Array.from({ length: 10_000 }, () => 'y'), big: 10n }),
  )
  assert.ok(text.length < 10_000, String(text.length))
  assert.match(text, /\[deeper\]/)
})

// Proves that the checks of the client API accept what is promised and refuse what is broken.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fieldsOf } from './catalog.ts'
import { endpointFor } from './endpoint-for.ts'
import { sampleOf } from './sample.ts'
import { catalog, validateEntity, validateExchange, validateStreamMessage } from './validate.ts'

type Json = Record<string, unknown>
const status = (changes: Json = {}): Json => ({ ...(sampleOf(catalog, 'Status') as Json), ...changes })
const json = { 'content-type': 'application/json; charset=utf-8' }

test('a complete sample of every entity passes', () => {
  for (const name of Object.keys(catalog.entities))
    assert.deepEqual(validateEntity(name, sampleOf(catalog, name)), [])
})

test('a missing, unknown, null or mistyped key is named, for every field of every entity', () => {
  for (const name of Object.keys(catalog.entities)) {
    const sample = sampleOf(catalog, name) as Json
    assert.match(validateEntity(name, { ...sample, made_up: 1 }).join(), /made_up is not in the catalogue/)
    for (const field of fieldsOf(catalog, name).filter((one) => !one.name.includes('.'))) {
      const without = Object.fromEntries(Object.entries(sample).filter(([key]) => key !== field.name))
      const missing = validateEntity(name, without)
      assert.equal(missing.length, field.optional ? 0 : 1, `${name} without ${field.name}: ${missing.join()}`)
      const nulled = validateEntity(name, { ...sample, [field.name]: null })
      assert.equal(nulled.length, field.nullable ? 0 : 1, `${name} with ${field.name} null: ${nulled.join()}`)
      const wrong = validateEntity(name, { ...sample, [field.name]: () => 'never JSON' })
      assert.notEqual(wrong.length, 0, `${name}.${field.name} accepts a function`)
    }
  }
})

test('ids, times, numbers and addresses are refused in any other writing', () => {
  const broken: [string, unknown][] = [
    ['id', 12],
    ['id', '12a'],
    ['id', '012'],
    ['intstring', 5],
    ['intstring', '5.0'],
    ['int', '5'],
    ['int', 5.5],
    ['bool', 'true'],
    ['datetime', '2026-01-01T00:00:00Z'],
    ['datetime', '2026-01-01T00:00:00.000000Z'],
    ['datetime', '2026-01-01T00:00:00.000+00:00'],
    ['datetime', '2026-02-30T00:00:00.000Z'],
    ['datetime(0)', '2026-01-01T00:00:00.000Z'],
    ['date', '2026-01-01T00:00:00.000Z'],
    ['date', '2026-13-01'],
    ['url', '/relative'],
    ['url', ''],
    ['url', 'javascript:alert(1)'],
    ['html', '<p>a</p><script>b</script>'],
    ['html', '<a href="javascript:a()">b</a>'],
    ['html', '<img src=x onerror=alert(1)>'],
    ['html', null],
    ['array<string>', ['a', 1]],
    ['map<string,int>', { a: 'b' }],
    ['map<string,array<string>>', { a: 'b' }],
    ['enum(a|b)', 'c'],
    ['{count: int}', {}],
    ['array<never>', [1]],
    ['Status | ScheduledStatus', {}],
    ['Status?', undefined],
  ]
  for (const [type, value] of broken)
    assert.equal(validateEntity(type, value).length > 0, true, `${type}: ${JSON.stringify(value)}`)
  assert.deepEqual(validateEntity('Status?', null), [])
  assert.deepEqual(validateEntity('Status | ScheduledStatus', sampleOf(catalog, 'ScheduledStatus')), [])
})

test('a fault deep inside names its path', () => {
  const broken = status({ mentions: [{ ...(sampleOf(catalog, 'StatusMention') as Json), id: 5 }] })
  assert.deepEqual(validateEntity('array<Status>', [broken]), [
    'array<Status>[0].mentions[0].id: 5 is not an id (a string of decimal digits)',
  ])
})

test('keys of nested objects are checked too', () => {
  const instance = sampleOf(catalog, 'Instance') as { configuration: { polls: Json } }
  instance.configuration.polls.max_options = 'four'
  instance.configuration.polls.colour = 'red'
  assert.equal(validateEntity('Instance', instance).length, 2)
})

test('the most literal endpoint is found, aliases and equal verbs included', () => {
  const found = (method: string, path: string) => endpointFor(catalog, method, path)?.path
  assert.equal(found('GET', '/api/v1/accounts/verify_credentials?x=1'), '/api/v1/accounts/verify_credentials')
  assert.equal(found('GET', '/api/v1/accounts/12'), '/api/v1/accounts/:id')
  assert.equal(found('PATCH', '/api/v1/statuses/12'), '/api/v1/statuses/:id')
  assert.equal(found('GET', '/api/v1_alpha/collections/7'), '/api/v1/collections/:id')
  assert.equal(found('GET', '/api/v1/accounts/'), undefined)
  assert.equal(found('GET', '/api/v1/nothing'), undefined)
})

test('an exchange needs a known endpoint, a promised code, JSON and the promised body', () => {
  const ok = { method: 'GET', path: '/api/v1/statuses/5', status: 200, headers: json, body: status() }
  assert.deepEqual(validateExchange(ok), [])
  assert.deepEqual(validateExchange({ ...ok, body: JSON.stringify(status()) }), [])
  assert.equal(validateExchange({ ...ok, path: '/api/v1/nothing' }).length, 1)
  assert.equal(validateExchange({ ...ok, status: 201 }).length, 1)
  assert.equal(validateExchange({ ...ok, headers: { 'content-type': 'text/html' } }).length, 1)
  assert.equal(validateExchange({ ...ok, body: [] }).length, 1)
  assert.equal(validateExchange({ ...ok, body: '' }).length, 1)
})

test('errors have the promised shape', () => {
  const failed = {
    method: 'POST',
    path: '/api/v1/statuses',
    status: 422,
    headers: json,
    body: { error: 'Too long' },
  }
  assert.deepEqual(validateExchange(failed), [])
  assert.notDeepEqual(validateExchange({ ...failed, body: { message: 'Too long' } }), [])
  assert.notDeepEqual(validateExchange({ ...failed, body: { error: { text: 'Too long' } } }), [])
  assert.notDeepEqual(validateExchange({ ...failed, body: '<h1>Error</h1>' }), [])
  const details = { username: [{ error: 'ERR_TAKEN', description: 'taken' }] }
  assert.deepEqual(validateExchange({ ...failed, body: { error: 'Validation failed', details } }), [])
})

test('a page carries absolute links, next first, with the right cursors and the other parameters', () => {
  const url = 'https://here.example/api/v1/timelines/home'
  const path = '/api/v1/timelines/home?limit=1&local=true'
  const page = (link: string, body: unknown = [status()]) =>
    validateExchange({ method: 'GET', path, status: 200, headers: { ...json, link }, body })
  const next = `<${url}?limit=1&local=true&max_id=4>; rel="next"`
  const prev = `<${url}?limit=1&local=true&min_id=4>; rel="prev"`
  assert.deepEqual(page(`${next}, ${prev}`), [])
  assert.deepEqual(page('', []), [])
  for (const broken of [
    `${prev}, ${next}`,
    next,
    prev,
    '',
    'nonsense',
    `${next}, ${prev.replace('min_id', 'since_id')}`,
    `${next.replace('max_id', 'cursor')}, ${prev}`,
    `${next.replace('&local=true', '')}, ${prev}`,
    `${next.replace('https://here.example', '')}, ${prev}`,
    `${next.replace('/home', '/public')}, ${prev}`,
  ])
    assert.notDeepEqual(page(broken), [], broken)
  // Everything on it may be hidden from its reader: then it leads on.
  assert.deepEqual(page(`${next}, ${prev}`, []), [])
  assert.notDeepEqual(page(prev, []), [])
})

test('a full page of an offset list leads on, the first page leads nowhere back', () => {
  const body = [sampleOf(catalog, 'Trends::Link')]
  const url = 'https://here.example/api/v1/trends/links'
  const ask = (path: string, headers: Record<string, string>) =>
    validateExchange({ method: 'GET', path, status: 200, headers: { ...json, ...headers }, body })
  assert.deepEqual(ask('/api/v1/trends/links', {}), [])
  assert.deepEqual(ask('/api/v1/trends/links?limit=1', { link: `<${url}?limit=1&offset=1>; rel="next"` }), [])
  assert.notDeepEqual(ask('/api/v1/trends/links?offset=1', {}), [])
})

test('stream messages carry their payload as JSON text or a bare id', () => {
  const message = { stream: ['user'], event: 'update', payload: JSON.stringify(status()) }
  assert.deepEqual(validateStreamMessage(message), [])
  assert.deepEqual(validateStreamMessage({ stream: ['public'], event: 'delete', payload: '12' }), [])
  assert.notDeepEqual(validateStreamMessage({ ...message, payload: status() }), [])
  assert.notDeepEqual(validateStreamMessage({ ...message, payload: '{}' }), [])
  assert.notDeepEqual(validateStreamMessage({ ...message, event: 'updated' }), [])
  assert.notDeepEqual(validateStreamMessage({ ...message, stream: 'user' }), [])
})

test('the generated TypeScript has every entity of the catalogue', () => {
  const source = readFileSync(new URL('../../src/contract/entities.ts', import.meta.url), 'utf8')
  for (const name of Object.keys(catalog.entities))
    assert.match(source, new RegExp(`^export interface ${name.replaceAll('::', '')}\\b`, 'm'))
})

// What the doctor tells of a server behind proxies, and of mail servers, that are set up wrongly.
import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { engines } from '../../database.ts'
import { startWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { environmentOf, operate } from './operator.ts'

interface Finding {
  check: string
  level: string
  text: string
}

const [engine = 'sqlite'] = engines
let world: World
let proxy: Server
let origin: string
let env: Record<string, string>
/** How the proxy changes the headers of a request that it passes on. */
let meddle: (headers: Record<string, string>) => Record<string, string> = (headers) => headers

before(async () => {
  proxy = createServer((incoming, answer) => {
    const headers = meddle({ ...(incoming.headers as Record<string, string>), 'x-forwarded-proto': 'http' })
    const passed = request(
      {
        port: world.port,
        host: '127.0.0.1',
        path: incoming.url,
        method: incoming.method,
        headers,
        agent: false,
      },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
      },
    )
    passed.on('error', () => answer.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(proxy.address() as AddressInfo).port}`
  world = await startWorld({ engine, config: { origin, domain: new URL(origin).host } })
  await world.account('alice')
  const { database, dataDirectory } = world.house.config
  env = environmentOf({ database, dataDirectory, origin })
})
after(async () => {
  await world.stop()
  proxy.closeAllConnections()
  proxy.close()
})

async function examine(change: Record<string, string> = {}): Promise<(check: string) => Finding | undefined> {
  const { out } = await operate({ ...env, ...change }, ['doctor', '--json'])
  const findings = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding)
  return (check) => findings.find((finding) => finding.check === check)
}

test('a proxy that passes everything on is found well', async () => {
  const found = await examine()
  for (const check of ['public address', 'reverse proxy', 'clock', 'WebFinger', 'NodeInfo'])
    assert.equal(found(check)?.level, 'ok', found(check)?.text ?? check)
})

test('a proxy that changes the host is named', async () => {
  meddle = (headers) => ({ ...headers, host: 'upstream.internal' })
  const found = (await examine())('reverse proxy')
  assert.equal(found?.level, 'problem')
  assert.match(found.text, /"upstream\.internal".*Host header/)
  meddle = (headers) => headers
})

test('a proxy that says the wrong protocol is named', async () => {
  meddle = (headers) => ({ ...headers, 'x-forwarded-proto': 'https' })
  const found = (await examine())('reverse proxy')
  assert.equal(found?.level, 'problem')
  assert.match(found.text, /X-Forwarded-Proto/)
  meddle = (headers) => headers
})

test('another server that answers at the public address is told from this one', async () => {
  const other = await startWorld({ engine, config: { origin, domain: new URL(origin).host } })
  try {
    const { database, dataDirectory } = other.house.config
    const found = (await examine(environmentOf({ database, dataDirectory, origin })))('public address')
    assert.equal(found?.level, 'problem')
    assert.match(found.text, /^Another Folkmoot/)
  } finally {
    await other.stop()
  }
})

test('a mail server that takes the login is found well; one that does not, or is not there, is named', async () => {
  const smtp = new SMTPServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.password === 'right' ? done(null, { user: 'me' }) : done(new Error('wrong password')),
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  try {
    const level = async (url: string) => (await examine({ FOLKMOOT_SMTP_URL: url }))('mail')
    assert.equal((await level(`smtp://me:right@127.0.0.1:${port}`))?.level, 'ok')
    const refused = await level(`smtp://me:wrong@127.0.0.1:${port}`)
    assert.equal(refused?.level, 'problem')
    assert.equal(refused.text.includes('wrong@'), false, 'the password is not shown')
    assert.equal((await level('smtp://me:right@127.0.0.1:9'))?.level, 'problem')
  } finally {
    await new Promise<void>((resolve) => smtp.close(() => resolve()))
  }
})

test('a data directory that cannot be written is named', async () => {
  const found = await examine({ FOLKMOOT_DATA: '/dev/null/data' })
  assert.equal(found('data directory')?.level, 'problem')
  assert.equal(found('file store')?.level, 'problem')
})

test('a database that cannot be opened is named, and everything else is still looked at', async () => {
  const found = await examine({ FOLKMOOT_DATABASE: 'sqlite:/dev/null/folkmoot.db' })
  assert.equal(found('database')?.level, 'problem')
  assert.equal(found('NodeInfo')?.level, 'ok')
})

test('a server that is not running is said to be so, instead of blaming the proxy', async () => {
  const nowhere = 'http://localhost:9'
  const found = await examine({ FOLKMOOT_URL: nowhere })
  assert.equal(found('NodeInfo')?.level, 'problem')
  assert.match(found('NodeInfo')?.text ?? '', /^Nobody answers at http:\/\/localhost:9 .*start the server/)
})

test('a command whose database does not answer says which setting to look at, and no password', async () => {
  const database = 'postgres://someone:hidden@127.0.0.1:9/folkmoot'
  const { code, err } = await operate({ ...env, FOLKMOOT_DATABASE: database }, ['account', 'list'])
  assert.equal(code, 1)
  assert.match(err, /^PostgreSQL at 127\.0\.0\.1:9 cannot be used .*FOLKMOOT_DATABASE/)
  assert.doesNotMatch(err, /hidden/)
})

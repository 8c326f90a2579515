// Promises to operators about the listening side: who is calling, bounded requests, a clean stop.
import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { Hono } from 'hono'
import { Refusal } from '../../../src/model/refusal.ts'
import { addressKey } from '../../../src/platform/addresses.ts'
import { readBody, startHttpServer } from '../../../src/platform/http-server.ts'
import type { Client, HttpServer, HttpServerOptions, ServerEnv } from '../../../src/platform/http-server.ts'
import { silentLog } from '../../../src/platform/log.ts'

const statuses: Record<string, 400 | 413 | 415> = { 'too-large': 413, unsupported: 415 }

const app = new Hono<{ Bindings: ServerEnv }>()
app.get('/client', (c) => c.json(c.env.client))
app.get('/raw', (c) => c.json(c.env.incoming.rawHeaders))
app.get('/fail', () => {
  throw new Error('secret detail')
})
app.post('/body', async (c) => {
  try {
    const body = await readBody(c.req.raw, 1_000, 300)
    return c.text(`${body.length}`)
  } catch (error) {
    if (error instanceof Refusal) return c.text(error.safeText, statuses[error.code] ?? 400)
    throw error
  }
})
app.get('/', (c) => c.text('home'))

const withServer = async (
  options: Partial<HttpServerOptions>,
  use: (server: HttpServer) => Promise<void>,
): Promise<void> => {
  const server = await startHttpServer({
    fetch: (request, env) => app.fetch(request, env),
    port: 0,
    bind: '::',
    trustProxy: [],
    log: silentLog(),
    ...options,
  })
  try {
    await use(server)
  } finally {
    await server.close(0)
  }
}

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

const send = (port: number, path: string, headers: Record<string, string | string[]> = {}, body?: Buffer) =>
  new Promise<Reply>((resolve, reject) => {
    const method = body ? 'POST' : 'GET'
    const request = httpRequest(
      { port, path, headers, method, host: '127.0.0.1', agent: false },
      (response) => {
        let text = ''
        response.on('data', (chunk) => (text += String(chunk)))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
        response.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end(body)
  })

/** Writes raw bytes and gives everything that came back until the server closed the connection. */
const talk = (port: number, first: string, then?: (socket: Socket) => void) =>
  new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(first)
      then?.(socket)
    })
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })

const clientFor = async (
  trustProxy: string[],
  headers: Record<string, string | string[]>,
): Promise<Client> => {
  let client: Client | undefined
  await withServer({ trustProxy }, async ({ port }) => {
    client = JSON.parse((await send(port, '/client', headers)).text) as Client
  })
  assert.ok(client)
  return client
}

test('without a trusted proxy no header changes who is calling', async () => {
  const client = await clientFor([], {
    'x-forwarded-for': '1.2.3.4',
    'x-real-ip': '1.2.3.4',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.test',
    host: 'Here.test',
  })
  assert.deepEqual(client, { address: '127.0.0.1', key: '127.0.0.1', protocol: 'http', host: 'here.test' })
})

test('behind a proxy the caller is the address the proxy added, whatever the caller wrote before it', async () => {
  const trusted = ['127.0.0.1', '10.0.0.0/8']
  const addressFor = async (value: string | string[]) =>
    (await clientFor(trusted, { 'x-forwarded-for': value })).address
  assert.equal(await addressFor('6.6.6.6, 1.2.3.4'), '1.2.3.4')
  assert.equal(await addressFor('6.6.6.6, 1.2.3.4, 10.0.0.2'), '1.2.3.4')
  assert.equal(await addressFor(['6.6.6.6', '1.2.3.4:5678, 10.0.0.2']), '1.2.3.4')
  assert.equal(await addressFor('1.2.3.4, nonsense, 10.0.0.2'), '10.0.0.2')
  assert.equal(await addressFor('nonsense'), '127.0.0.1')
  assert.equal(await addressFor('[2001:db8::7]:443'), '2001:db8::7')
  assert.equal(await addressFor('::ffff:9.9.9.9'), '9.9.9.9')
  assert.equal(await addressFor('10.0.0.3'), '10.0.0.3')
  assert.equal(await addressFor(''), '127.0.0.1')
  const client = await clientFor(trusted, {
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'Social.Example',
    'x-real-ip': '6.6.6.6',
  })
  assert.deepEqual(client, { address: '1.2.3.4', key: '1.2.3.4', protocol: 'https', host: 'social.example' })
})

test('all addresses of one IPv6 network count as one caller', () => {
  assert.equal(addressKey('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(addressKey('2001:db8:1:2::'), addressKey('2001:0DB8:0001:0002:ffff::1'))
  assert.equal(addressKey('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(addressKey('::1'), '0:0:0:0::/64')
  assert.equal(addressKey('::ffff:1.2.3.4'), '1.2.3.4')
  assert.equal(addressKey('::ffff:102:304'), '1.2.3.4')
  assert.equal(addressKey('fe80::1%eth0'), 'fe80:0:0:0::/64')
  const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(groups, fc.nat(0xffff), (parts, other) => {
      const text = parts.map((part) => part.toString(16))
      const neighbour = [...text.slice(0, 7), other.toString(16)]
      if (text.slice(0, 4).every((part) => part === '0')) return
      assert.equal(addressKey(text.join(':')), addressKey(neighbour.join(':')))
    }),
  )
})

test('a handler sees repeated headers as they came', async () => {
  await withServer({}, async ({ port }) => {
    const raw = JSON.parse((await send(port, '/raw', { signature: ['a', 'b'] })).text) as string[]
    assert.deepEqual(
      raw.filter((_, index) => raw[index - 1] === 'signature'),
      ['a', 'b'],
    )
  })
})

test('a body within the limit is read, a larger one refused with or without a length, a compressed one too', async () => {
  await withServer({}, async ({ port }) => {
    assert.equal((await send(port, '/body', {}, Buffer.alloc(1_000))).text, '1000')
    assert.equal(
      (await send(port, '/body', { 'transfer-encoding': 'chunked' }, Buffer.alloc(900))).text,
      '900',
    )
    const announced = await send(port, '/body', {}, Buffer.alloc(1_001))
    assert.equal(announced.status, 413)
    assert.equal(announced.headers.connection, 'close')
    assert.equal(
      (await send(port, '/body', { 'transfer-encoding': 'chunked' }, Buffer.alloc(5_000))).status,
      413,
    )
    const packed = await send(port, '/body', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(900)))
    assert.equal(packed.status, 415)
    assert.equal((await send(port, '/body', { 'content-encoding': 'identity' }, Buffer.alloc(9))).text, '9')
  })
})

test('a caller who sends a body for ever is cut off', async () => {
  await withServer({}, async ({ port }) => {
    let written = 0
    const head = 'POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'
    const text = await talk(port, head, (socket) => {
      const part = `4000\r\n${'x'.repeat(0x4000)}\r\n`
      const more = (): void => {
        if (socket.destroyed || socket.writableEnded) return
        written += part.length
        if (socket.write(part)) setImmediate(more)
        else socket.once('drain', more)
      }
      more()
    })
    assert.match(text, /^HTTP\/1\.1 413 /)
    assert.ok(written < 100e6, String(written))
  })
})

test('a caller who drips a body byte by byte is refused when the time is over', async () => {
  await withServer({}, async ({ port }) => {
    const head = 'POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n'
    const text = await talk(port, head, (socket) => {
      const timer = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    assert.match(text, /^HTTP\/1\.1 400 /)
    assert.match(text, /too slowly/)
  })
})

test('requests that do not come from a socket are read with the same limit', async () => {
  const request = (body: string) => new Request('http://a.test/', { method: 'POST', body })
  assert.equal(String(await readBody(request('abc'), 3)), 'abc')
  await assert.rejects(
    readBody(request('abcd'), 3),
    (error) => error instanceof Refusal && error.code === 'too-large',
  )
  assert.equal((await readBody(new Request('http://a.test/'), 3)).length, 0)
})

test('headers that are slow, large or many end the connection', async () => {
  const limits = { headersMs: 200, checkEveryMs: 50 }
  await withServer({ limits }, async ({ port }) => {
    const slow = await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n', (socket) => {
      const timer = setInterval(() => socket.write('X-A: b\r\n'), 30)
      socket.on('close', () => clearInterval(timer))
    })
    assert.match(slow, /^HTTP\/1\.1 408 /)
    assert.equal((await send(port, '/', { large: 'x'.repeat(17_000) })).status, 431)
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1']))
    assert.equal((await send(port, '/', many)).status, 431)
    assert.match(await talk(port, 'NONSENSE\r\n\r\n'), /^HTTP\/1\.1 400 /)
    assert.match(
      await talk(port, 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'),
      /^HTTP\/1\.1 400 /,
    )
    assert.match(await talk(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /)
    assert.equal((await send(port, '/')).text, 'home')
  })
})

test('two lengths, or a length beside chunks, are refused: no second request can be smuggled in', async () => {
  await withServer({}, async ({ port }) => {
    const rest = '\r\nConnection: close\r\n\r\nabc'
    for (const lines of [
      'Content-Length: 3\r\nContent-Length: 4',
      'Content-Length: 3\r\nTransfer-Encoding: chunked',
    ]) {
      assert.match(await talk(port, `POST /body HTTP/1.1\r\nHost: a\r\n${lines}${rest}`), /^HTTP\/1\.1 400 /)
    }
  })
})

test('whatever Accept header a caller sends, it gets an answer', async () => {
  await withServer({}, async ({ port }) => {
    const odd = ['application/json+activity', 'app', ';q=', '*/', ';', 'a/b;q=x', ',,,', 'a/b,'.repeat(2_000)]
    for (const accept of odd)
      assert.equal((await send(port, '/', { accept })).status, 200, accept.slice(0, 40))
  })
})

test('a handler that fails tells the caller nothing of why', async () => {
  await withServer({ fetch: () => Promise.reject(new Error('secret detail')) }, async ({ port }) => {
    const reply = await send(port, '/fail')
    assert.equal(reply.status, 500)
    assert.doesNotMatch(reply.text, /secret/)
  })
})

test('one address cannot hold all connections, while a trusted proxy may', async () => {
  const open = (port: number) =>
    new Promise<{ socket: Socket; kept: boolean }>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
      socket.once('data', () => resolve({ socket, kept: true }))
      socket.once('close', () => resolve({ socket, kept: false }))
    })
  const keptOf = async (trustProxy: string[]): Promise<number> => {
    let kept = 0
    await withServer({ trustProxy, limits: { connectionsPerAddress: 3 } }, async ({ port }) => {
      for (let count = 0; count < 6; count += 1) if ((await open(port)).kept) kept += 1
    })
    return kept
  }
  assert.equal(await keptOf([]), 3)
  assert.equal(await keptOf(['127.0.0.1']), 6)
})

test('WebSocket requests reach the upgrade handler with their caller, other upgrades are plain requests', async () => {
  const clients: Client[] = []
  const onUpgrade: HttpServerOptions['onUpgrade'] = (_incoming, socket, _head, client) => {
    clients.push(client)
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')
  }
  const head = (upgrade: string) =>
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: ${upgrade}\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n`
  await withServer({ onUpgrade, trustProxy: ['127.0.0.1'] }, async ({ port }) => {
    assert.match(await talk(port, head('websocket')), /^HTTP\/1\.1 101 /)
    assert.equal(clients[0]?.address, '1.2.3.4')
    assert.match(await talk(port, head('h2c')), /^HTTP\/1\.1 200 /)
  })
  await withServer({}, async ({ port }) => {
    assert.match(await talk(port, head('websocket')), /^HTTP\/1\.1 200 /)
  })
})

test('a stopping server finishes what runs, takes nothing new, and ends what will not end', async () => {
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const server = await startHttpServer({
    fetch: async (request) => {
      if (request.url.endsWith('/hang')) return new Response(new ReadableStream({}))
      started.resolve()
      await release.promise
      return new Response('finished')
    },
    port: 0,
    bind: '127.0.0.1',
    trustProxy: [],
    log: silentLog(),
  })
  const idle = connect(server.port, '127.0.0.1')
  const idleClosed = new Promise<void>((resolve) => idle.once('close', () => resolve()))
  const running = send(server.port, '/slow')
  await started.promise
  const closed = server.close(10_000)
  await idleClosed
  await assert.rejects(send(server.port, '/'))
  release.resolve()
  assert.equal((await running).text, 'finished')
  await closed

  const stuck = await startHttpServer({
    fetch: () => new Response(new ReadableStream({})),
    port: 0,
    bind: '127.0.0.1',
    trustProxy: [],
    log: silentLog(),
  })
  const hanging = talk(stuck.port, 'GET /hang HTTP/1.1\r\nHost: a\r\n\r\n')
  while (stuck.connections() === 0) await new Promise((resolve) => setImmediate(resolve))
  await stuck.close(50)
  await hanging
})

test('an operator whose port is taken is told so in a sentence', async () => {
  await withServer({}, async ({ port }) => {
    await assert.rejects(
      withServer({ port }, async () => {}),
      /^Error: Cannot listen on port \d+ of ::: another program listens there already\.$/,
    )
  })
})

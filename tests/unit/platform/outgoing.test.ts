// Promises to operators about calls to other servers: bounded in time, size and redirects, signed per hop.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createRawServer } from 'node:net'
import { after, before, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { Refusal, Unreachable } from '../../../src/model/refusal.ts'
import { createOutgoing } from '../../../src/platform/outgoing.ts'
import type { Hop, Outgoing } from '../../../src/platform/outgoing.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const routes: Record<string, Handler> = {}
const seen: IncomingMessage[] = []
const sockets = new Set<unknown>()
const server = createServer((request, response) => {
  seen.push(request)
  const handler = routes[(request.url ?? '').split('?')[0] ?? '']
  if (handler) return handler(request, response)
  response.writeHead(404).end('nothing here')
})
server.on('connection', (socket) => sockets.add(socket))
const raw = createRawServer()
let outgoing: Outgoing
let port = 0
let rawPort = 0
const listen = (target: { listen: (port: number, host: string, done: () => void) => unknown }) =>
  new Promise<void>((resolve) => target.listen(0, '127.0.0.1', () => resolve()))

before(async () => {
  await listen(server)
  await listen(raw)
  port = (server.address() as AddressInfo).port
  rawPort = (raw.address() as AddressInfo).port
  outgoing = createOutgoing({
    allowPrivate: ['127.0.0.1'],
    userAgent: 'Folkmoot/test',
    hosts: {
      'a.test': { address: '127.0.0.1', port },
      'b.test': { address: '127.0.0.1', port },
      'raw.test': { address: '127.0.0.1', port: rawPort },
      'inside.test': { address: '10.1.2.3' },
      'off.test': { address: '127.0.0.1', port: 1 },
    },
  })
})
after(async () => {
  await outgoing.close()
  server.closeAllConnections()
  server.close()
  raw.close()
})

const refusedAs = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  return true
}
const call = { maxBytes: 100_000, timeoutMs: 5_000 }

test('a caller gets status, final address, headers and body, and the other server sees who asks', async () => {
  routes['/plain'] = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'x-two': ['a', 'b'] }).end('hello')
  }
  const answer = await outgoing.request('http://a.test/plain?q=1#part', call)
  assert.deepEqual(
    [answer.status, answer.url, String(answer.body), answer.headers['x-two']],
    [200, 'http://a.test/plain?q=1#part', 'hello', 'a, b'],
  )
  assert.equal(seen.at(-1)?.headers['user-agent'], 'Folkmoot/test')
  assert.equal(seen.at(-1)?.headers.host, 'a.test')
  assert.equal(seen.at(-1)?.url, '/plain?q=1')
})

test('error statuses are answers, with no more than 16 KiB of their body', async () => {
  routes['/sorry'] = (_request, response) => void response.writeHead(503).end('x'.repeat(50_000))
  const answer = await outgoing.request('http://a.test/sorry', call)
  assert.equal(answer.status, 503)
  assert.ok(answer.body.length <= 16 * 1024)
  assert.equal((await outgoing.request('http://a.test/none', call)).status, 404)
})

test('a redirect is signed anew for its own address, and credentials do not cross origins', async () => {
  routes['/start'] = (_request, response) =>
    void response.writeHead(302, { location: 'http://b.test/next' }).end()
  routes['/next'] = (_request, response) => void response.end('there')
  const hops: Hop[] = []
  const answer = await outgoing.request('http://a.test/start', {
    ...call,
    headers: { Authorization: 'Bearer secret', Cookie: 'a=b', Signature: 'stale', accept: 'text/x' },
    sign: async (hop) => {
      hops.push(hop)
      return { 'X-Signed': hop.url }
    },
  })
  assert.equal(answer.url, 'http://b.test/next')
  assert.deepEqual(
    hops.map((hop) => hop.url),
    ['http://a.test/start', 'http://b.test/next'],
  )
  const [first, second] = seen.slice(-2)
  assert.equal(first?.headers.authorization, 'Bearer secret')
  assert.equal(first?.headers['x-signed'], 'http://a.test/start')
  assert.equal(second?.headers['x-signed'], 'http://b.test/next')
  assert.equal(second?.headers.accept, 'text/x')
  for (const name of ['authorization', 'cookie', 'signature'])
    assert.equal(second?.headers[name], undefined, name)
})

test('a redirect to a private address, another scheme or a public http address is refused, signed or not', async () => {
  const targets = [
    'http://inside.test/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'https://127.0.0.2/',
    'http://[::1]:80/',
    'file:///etc/passwd',
    'data:application/activity+json,{}',
    'http://user@a.test/',
  ]
  for (const location of targets) {
    routes['/away'] = (_request, response) => void response.writeHead(301, { location }).end()
    for (const sign of [undefined, () => ({ signature: 'x' })]) {
      const given = sign ? { ...call, sign } : call
      await assert.rejects(outgoing.request('http://a.test/away', given), refusedAs('forbidden'), location)
    }
  }
})

test('endless redirects end after three', async () => {
  let count = 0
  routes['/loop'] = (_request, response) => {
    count += 1
    response.writeHead(307, { location: `/loop?${count}` }).end()
  }
  await assert.rejects(outgoing.request('http://a.test/loop', call), refusedAs('invalid'))
  assert.equal(count, 4)
  await assert.rejects(
    outgoing.request('http://a.test/loop', { ...call, maxRedirects: 99 }),
    refusedAs('invalid'),
  )
  assert.equal(count, 8)
  const stay = await outgoing.request('http://a.test/loop', { ...call, maxRedirects: 0 })
  assert.equal(stay.status, 307)
})

test('a delivery is posted once, with its exact bytes, and never follows a redirect', async () => {
  let received = ''
  routes['/inbox'] = (request, response) => {
    request.on('data', (chunk) => (received += String(chunk)))
    request.on('end', () => response.writeHead(308, { location: '/elsewhere' }).end('y'.repeat(100_000)))
  }
  const answer = await outgoing.postOnce('http://b.test/inbox', {
    body: '{"a":1}',
    timeoutMs: 5_000,
    sign: (hop) => ({ digest: `${hop.method} ${String(hop.body)}` }),
  })
  assert.equal(answer.status, 308)
  assert.equal(received, '{"a":1}')
  assert.ok(answer.body.length <= 8 * 1024)
  assert.equal(seen.at(-1)?.headers.digest, 'POST {"a":1}')
  assert.equal(seen.at(-1)?.headers['content-length'], '7')
})

test('an answer larger than agreed is cut off, announced or not', async () => {
  let sent = 0
  routes['/announced'] = (_request, response) =>
    void response.writeHead(200, { 'content-length': 300e6 }).write('x')
  routes['/endless'] = (_request, response) => {
    const more = (): void => {
      while (!response.destroyed) {
        sent += 16_384
        if (!response.write(Buffer.alloc(16_384))) return void response.once('drain', more)
      }
    }
    more()
  }
  await assert.rejects(outgoing.request('http://a.test/announced', call), refusedAs('too-large'))
  await assert.rejects(outgoing.request('http://a.test/endless', call), refusedAs('too-large'))
  assert.ok(sent < 30e6, String(sent))
})

test('a compression bomb is counted after decompression', async () => {
  const bomb = gzipSync(Buffer.alloc(100_000_000))
  const brotli = brotliCompressSync(Buffer.alloc(20_000_000))
  routes['/gzip'] = (_request, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  routes['/br'] = (_request, response) =>
    void response.writeHead(200, { 'content-encoding': 'br' }).end(brotli)
  const before = process.memoryUsage().rss
  await assert.rejects(
    outgoing.request('http://a.test/gzip', { ...call, maxBytes: 1_000_000 }),
    refusedAs('too-large'),
  )
  await assert.rejects(outgoing.request('http://a.test/br', call), refusedAs('too-large'))
  assert.ok(process.memoryUsage().rss - before < 60e6)
})

test('compressed answers within the cap are read, damaged and unknown ones refused', async () => {
  const packed = gzipSync('hello '.repeat(100))
  const reply = (encoding: string, body: Buffer): Handler => {
    return (_request, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body)
  }
  routes['/ok'] = reply('gzip', packed)
  routes['/damaged'] = reply('gzip', Buffer.from('not gzip at all'))
  routes['/short'] = reply('gzip', packed.subarray(0, 20))
  routes['/odd'] = reply('exi', packed)
  routes['/twice'] = reply('gzip, gzip', gzipSync(packed))
  routes['/proto'] = reply('__proto__', packed)
  assert.equal((await outgoing.request('http://a.test/ok', call)).body.length, 600)
  await assert.rejects(outgoing.request('http://a.test/damaged', call), refusedAs('invalid'))
  await assert.rejects(outgoing.request('http://a.test/short', call), refusedAs('invalid'))
  for (const path of ['/odd', '/twice', '/proto']) {
    await assert.rejects(outgoing.request(`http://a.test${path}`, call), refusedAs('unsupported'))
  }
})

test('a server that drips bytes in headers or body is left when the total time is over', async () => {
  raw.on('connection', (socket) => {
    socket.on('error', () => {})
    socket.once('data', (data) => {
      const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10000\r\n\r\n'
      if (String(data).includes('/headers')) socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
      if (String(data).includes('/body')) socket.write(head)
      if (String(data).includes('/gzip')) {
        socket.write(head.replace('\r\n', '\r\nContent-Encoding: gzip\r\n'))
        socket.write(gzipSync('abc').subarray(0, 12))
      }
      const timer = setInterval(() => socket.write(String(data).includes('/gzip') ? '' : 'H'), 20)
      socket.on('close', () => clearInterval(timer))
    })
  })
  for (const path of ['/headers', '/body', '/gzip']) {
    const started = performance.now()
    await assert.rejects(
      outgoing.request(`http://raw.test${path}`, { ...call, timeoutMs: 250 }),
      Unreachable,
      path,
    )
    const took = performance.now() - started
    assert.ok(took > 200 && took < 2_000, `${path} ${took}`)
  }
  const stream = await outgoing.stream('http://raw.test/body', { ...call, timeoutMs: 250 })
  await assert.rejects(async () => {
    for await (const _chunk of stream.body);
  }, Unreachable)
})

test('a slow name lookup counts towards the same total time', async () => {
  const slow = createOutgoing({
    allowPrivate: [],
    userAgent: 'x',
    lookup: () => new Promise(() => {}),
  })
  const started = performance.now()
  await assert.rejects(slow.request('https://slow.test/', { ...call, timeoutMs: 100 }), Unreachable)
  await slow.close()
  assert.ok(performance.now() - started < 2_000)
})

test('media is streamed up to a cap, and a reader who leaves early frees the connection', async () => {
  routes['/media'] = (_request, response) => void response.end(Buffer.alloc(50_000, 1))
  const whole = await outgoing.stream('http://a.test/media', call)
  let size = 0
  for await (const chunk of whole.body) size += chunk.length
  assert.equal(size, 50_000)
  const capped = await outgoing.stream('http://a.test/endless', call)
  await assert.rejects(async () => {
    for await (const _chunk of capped.body);
  }, refusedAs('too-large'))
  for (let round = 0; round < 20; round += 1) {
    const left = await outgoing.stream('http://a.test/endless', call)
    for await (const _chunk of left.body) break
  }
  assert.equal((await outgoing.request('http://a.test/media', call)).body.length, 50_000)
})

test('a document of another type is refused before its body is read', async () => {
  routes['/upload'] = (_request, response) =>
    void response.writeHead(200, { 'content-type': 'image/png' }).write(Buffer.alloc(10))
  const accept = (type: string): boolean => type.startsWith('application/activity+json')
  await assert.rejects(
    outgoing.request('http://a.test/upload', { ...call, accept }),
    refusedAs('unsupported'),
  )
})

test('line breaks and other forgeries in headers are never sent', async () => {
  const before = seen.length
  for (const value of ['a\r\nX-Evil: 1', 'a\nb', 'a\0b']) {
    await assert.rejects(
      outgoing.request('http://a.test/plain', { ...call, headers: { 'x-a': value } }),
      refusedAs('invalid'),
    )
  }
  await assert.rejects(
    outgoing.request('http://a.test/plain', { ...call, headers: { 'x a\r\nb': '1' } }),
    refusedAs('invalid'),
  )
  assert.equal(seen.length, before)
  const odd = await outgoing.request('http://a.test/plain?a=b c\r\nHost: evil', call)
  assert.equal(odd.status, 200)
  assert.equal(seen.at(-1)?.headers.host, 'a.test')
})

test('closed ports and broken answers are trouble that may pass', async () => {
  await assert.rejects(outgoing.request('http://off.test/', call), Unreachable)
  routes['/cut'] = (_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('half')
    setImmediate(() => response.destroy())
  }
  await assert.rejects(outgoing.request('http://a.test/cut', call), Unreachable)
})

test('the caller can give up', async () => {
  const controller = new AbortController()
  const waiting = outgoing.request('http://raw.test/headers', { ...call, signal: controller.signal })
  setImmediate(() => controller.abort())
  await assert.rejects(waiting, Unreachable)
})

test('connections are reused, and ten thousand servers do not make ten thousand pools', async () => {
  const hosts = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`h${index}.test`, { address: '127.0.0.1', port }]),
  )
  const bounded = createOutgoing({
    allowPrivate: ['127.0.0.1'],
    userAgent: 'x',
    hosts,
    limits: { origins: 5, connections: 2, requests: 3 },
  })
  routes['/count'] = (_request, response) => void response.end('ok')
  for (const host of Object.keys(hosts)) {
    assert.equal((await bounded.request(`http://${host}/count`, call)).status, 200)
  }
  const before = sockets.size
  for (let round = 0; round < 10; round += 1) await bounded.request('http://h1.test/count', call)
  assert.ok(sockets.size - before <= 2, 'ten requests share the connections of one server')
  const held: ServerResponse[] = []
  routes['/hold'] = (_request, response) => void held.push(response)
  const hold = Array.from({ length: 3 }, () => bounded.request('http://h2.test/hold', call))
  await assert.rejects(bounded.request('http://h2.test/hold', call), /Too many requests to that server/)
  let answered = 0
  while (answered < 3) {
    await new Promise((resolve) => setImmediate(resolve))
    for (const response of held.splice(0)) {
      answered += 1
      response.end('ok')
    }
  }
  await Promise.all(hold)
  await bounded.close()
})

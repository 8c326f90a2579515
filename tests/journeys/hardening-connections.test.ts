// The promise that badly behaved connections (forged hosts, smuggled requests, callers who drop, stall or drip) harm nobody else.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { forEachEngine } from '../database.ts'
import { eventually, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const EVIL = 'evil.test'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
    for (let index = 0; index < 5; index += 1)
      await alice.api.post('/api/v1/statuses', { status: `Post ${index} #${engine}` })
    await world.settle()
  })
  after(() => world.stop())

  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(world.port, '127.0.0.1', () => resolve(socket))
      socket.once('error', reject)
    })

  /** Sends bytes as they are and gives whatever comes back before the connection ends. */
  const talk = async (text: string): Promise<string> => {
    const socket = await open()
    const parts: Buffer[] = []
    return new Promise((resolve) => {
      socket.on('data', (part: Buffer) => parts.push(part))
      socket.on('error', () => {})
      socket.once('close', () => resolve(Buffer.concat(parts).toString()))
      socket.write(text)
    })
  }

  const post = (words: string, length = words.length): string =>
    `POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${alice.token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${words}`

  const countPosts = async (): Promise<number> => {
    const posts = world.house.ctx.store.read.selectFrom('posts')
    const row = await posts.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()
    return Number(row.count)
  }

  /** A post goes through in good time, and so does reading it. */
  const works = async (patienceMs = 10_000): Promise<void> => {
    const began = performance.now()
    const { id } = await alice.api.post('/api/v1/statuses', { status: 'Still here' })
    assert.equal((await alice.api.get(`/api/v1/statuses/${id}`)).content, '<p>Still here</p>')
    assert.ok(performance.now() - began < patienceMs, `it took ${performance.now() - began} ms`)
  }

  test('no host that a caller makes up appears in an answer', async () => {
    const paths = [
      '/',
      '/about',
      '/@alice',
      '/home',
      '/auth/sign_in',
      '/auth/password/new',
      '/auth/edit',
      '/interact?address=x&uri=y',
      '/share?text=x',
      '/.well-known/webfinger?resource=acct:alice@localhost',
      '/.well-known/host-meta',
      '/.well-known/nodeinfo',
      '/.well-known/oauth-authorization-server',
      '/.well-known/change-password',
      '/manifest.json',
      '/api/v2/instance',
      '/api/v1/timelines/public?limit=2',
      `/api/v1/accounts/${alice.id}/statuses?limit=2`,
      '/users/alice',
      '/users/alice/outbox?page=true',
    ]
    const forged = (path: string): string[] => [
      `GET ${path} HTTP/1.1\r\nHost: ${EVIL}\r\nConnection: close\r\n\r\n`,
      `GET http://${EVIL}${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: ${EVIL}\r\nForwarded: host=${EVIL}\r\nX-Original-URL: /${EVIL}\r\nConnection: close\r\n\r\n`,
      `GET //${EVIL}${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    ]
    for (const path of paths)
      for (const request of forged(path)) {
        const answer = await talk(request)
        assert.match(answer, /^HTTP\/1\.1 [234]/, request)
        assert.ok(!answer.includes(EVIL), `${request}\n${answer.slice(0, 1500)}`)
      }
  })

  test('hosts that are none, two hosts and none at all break nothing', async () => {
    const hosts = [
      '',
      'a b',
      '[::',
      'x/../y',
      'x:99999',
      'user@x',
      'x#y',
      '\u00e4',
      'x\\y',
      '%00',
      'a'.repeat(5000),
    ]
    for (const host of hosts) {
      const answer = await talk(`GET /@alice HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 [234]/, `${host}: ${answer.slice(0, 200)}`)
    }
    const two = await talk(`GET / HTTP/1.1\r\nHost: a\r\nHost: ${EVIL}\r\nConnection: close\r\n\r\n`)
    assert.match(two, /^HTTP\/1\.1 [24]/)
    assert.ok(!two.includes(EVIL))
    assert.match(await talk('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400/)
  })

  test('a second request cannot be hidden in the first', async () => {
    const hidden = 'GET /api/v1/instance HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const head = 'POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\n'
    const both = await talk(
      `${head}Content-Length: ${hidden.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    )
    const lengths = await talk(
      `${head}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    )
    const odd = await talk(`${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`)
    const folded = await talk(`${head}X: a\r\n Content-Length: 5\r\nContent-Length: 0\r\n\r\n${hidden}`)
    for (const answer of [both, lengths, odd, folded]) {
      assert.match(answer, /^HTTP\/1\.1 400/)
      assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1, answer)
    }
  })

  test('callers who drop the line in the middle of a post leave nothing behind and hold nobody up', async () => {
    const before = await countPosts()
    const body = JSON.stringify({ status: 'Half of it' })
    const sockets = await Promise.all(Array.from({ length: 150 }, open))
    for (const [index, socket] of sockets.entries()) {
      socket.write(post(body.slice(0, index % body.length), body.length))
      setImmediate(() => socket.destroy())
    }
    await works()
    assert.equal(await countPosts(), before + 1)
  })

  test('a post whose sender leaves before the answer is made once or not at all, and whole', async () => {
    const body = JSON.stringify({ status: 'Gone before the answer' })
    const before = await countPosts()
    const sockets = await Promise.all(Array.from({ length: 40 }, open))
    for (const socket of sockets) socket.end(post(body), () => setImmediate(() => socket.destroy()))
    await works()
    await world.settle()
    assert.ok((await countPosts()) <= before + 41)
    const statuses = await alice.api.get(`/api/v1/accounts/${alice.id}/statuses?limit=40`)
    const account = await alice.api.get(`/api/v1/accounts/${alice.id}`)
    assert.equal(account.statuses_count, await countPosts())
    assert.ok(statuses.every((status: { content: string }) => status.content.startsWith('<p>')))
  })

  test('callers who drip their request keep nobody else from posting', async () => {
    const body = JSON.stringify({ status: 'Drop by drop' })
    const drips = await Promise.all(Array.from({ length: 100 }, open))
    for (const socket of drips) socket.write(post(body.slice(0, 3), body.length))
    await works()
    for (const socket of drips) socket.write(body[3] ?? '')
    await works()
    for (const socket of drips) socket.destroy()
    await works()
  })

  test('callers who ask a lot and read nothing keep nobody else from reading', async () => {
    const stalled = await Promise.all(Array.from({ length: 20 }, open))
    const ask = `GET /api/v1/timelines/public?limit=40 HTTP/1.1\r\nHost: localhost\r\n\r\n`
    for (const socket of stalled) {
      socket.pause()
      socket.write(ask.repeat(50))
    }
    // A thousand answers are being made; nobody waits for those who do not read them.
    await works(60_000)
    for (const socket of stalled) socket.destroy()
    await works()
  })

  test('a thousand readers who leave at once cost nothing that stays', async () => {
    const ask = `GET /api/v1/timelines/home?limit=40 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${alice.token}\r\n\r\n`
    for (let round = 0; round < 5; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 200 }, open))
      for (const socket of sockets) socket.write(ask, () => socket.destroy())
    }
    await works(30_000)
    await eventually(
      () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length < 60,
    )
  })

  test('a compressed body is refused unread, and one that is too large ends the connection', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const answer = await fetch(`${world.origin}/api/v1/statuses`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${alice.token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: bomb,
    })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /[Cc]ompressed/)
    const large = await talk(post('{', 5_000_000))
    assert.match(large, /^HTTP\/1\.1 413/)
    assert.match(large, /connection: close/i)
  })
})

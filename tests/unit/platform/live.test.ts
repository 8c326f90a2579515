// Promises about live messages: everyone who listens hears them, in every process, and nothing is left behind.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { test } from 'node:test'
import { createLive } from '../../../src/platform/live.ts'
import { createLog, silentLog } from '../../../src/platform/log.ts'

test('every listener of a channel hears a message once, and nobody else does', () => {
  const live = createLive({ log: silentLog() })
  const heard: string[] = []
  const leave = live.subscribe('home:1', (message) => heard.push(`a ${String(message)}`))
  live.subscribe('home:1', (message) => heard.push(`b ${String(message)}`))
  live.subscribe('home:2', (message) => heard.push(`c ${String(message)}`))
  live.publish('home:1', 'x')
  leave()
  leave()
  live.publish('home:1', 'y')
  assert.deepEqual(heard, ['a x', 'b x', 'b y'])
})

test('a listener that fails is logged and hinders nobody', () => {
  const lines: string[] = []
  const live = createLive({
    log: createLog({ level: 'error', format: 'json', write: (line) => lines.push(line) }),
  })
  let heard = 0
  live.subscribe('x', () => {
    throw new Error('broken listener')
  })
  live.subscribe('x', () => (heard += 1))
  live.publish('x', 1)
  assert.equal(heard, 1)
  assert.match(lines.join(''), /broken listener/)
})

test('listeners who come and go during a message neither hear it twice nor loop', () => {
  const live = createLive({ log: silentLog() })
  let calls = 0
  const listener = (): void => {
    calls += 1
    live.subscribe('x', listener)
  }
  live.subscribe('x', listener)
  live.publish('x', 1)
  assert.equal(calls, 1)
  assert.equal(live.subscriberCount('x'), 2)
})

test('ten thousand listeners who leave again leave nothing behind', async () => {
  const live = createLive({ log: silentLog() })
  const leaves = Array.from({ length: 10_000 }, (_, index) => live.subscribe(`user:${index}`, () => {}))
  assert.equal(live.subscriberCount(), 10_000)
  for (const leave of leaves) leave()
  assert.equal(live.subscriberCount(), 0)
  live.subscribe('user:1', () => {})
  await live.close()
  assert.equal(live.subscriberCount(), 0)
})

/** A server that speaks as much of the Redis protocol (version 2) as publish and subscribe need. */
const pubsubServer = async (port = 0) => {
  const channels = new Map<string, Set<Socket>>()
  const sockets = new Set<Socket>()
  // Bytes are kept as Latin-1 characters, so that lengths count bytes.
  const bulk = (text: string): string => `$${text.length}\r\n${text}\r\n`
  const answer = (socket: Socket, [name = '', ...rest]: string[]): void => {
    const verb = name.toUpperCase()
    if (verb === 'HELLO') return void socket.write('-ERR unknown command\r\n')
    if (verb === 'INFO') return void socket.write(bulk('loading:0'))
    if (verb === 'PUBLISH') {
      const listeners = channels.get(rest[0] ?? '') ?? new Set()
      for (const each of listeners)
        each.write(`*3\r\n${bulk('message')}${bulk(rest[0] ?? '')}${bulk(rest[1] ?? '')}`, 'latin1')
      return void socket.write(`:${listeners.size}\r\n`)
    }
    if (verb === 'SUBSCRIBE' || verb === 'UNSUBSCRIBE') {
      for (const channel of rest) {
        const listeners = channels.get(channel) ?? new Set()
        channels.set(channel, listeners)
        if (verb === 'SUBSCRIBE') listeners.add(socket)
        else listeners.delete(socket)
        socket.write(`*3\r\n${bulk(verb.toLowerCase())}${bulk(channel)}:1\r\n`)
      }
      return
    }
    socket.write('+OK\r\n')
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      for (const listeners of channels.values()) listeners.delete(socket)
    })
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (;;) {
        const head = /^\*(\d+)\r\n/.exec(text)
        if (!head) return
        const words: string[] = []
        let rest = text.slice(head[0].length)
        while (words.length < Number(head[1])) {
          const size = /^\$(\d+)\r\n/.exec(rest)
          if (!size || rest.length < size[0].length + Number(size[1]) + 2) return
          words.push(rest.slice(size[0].length, size[0].length + Number(size[1])))
          rest = rest.slice(size[0].length + Number(size[1]) + 2)
        }
        text = rest
        answer(socket, words)
      }
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    listeners: (channel: string) => channels.get(channel)?.size ?? 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const until = async (done: () => boolean): Promise<void> => {
  const started = performance.now()
  while (!done()) {
    assert.ok(performance.now() - started < 8_000, 'the condition never came true')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('processes that share a Valkey hear each other, once each, and again after it was away', async () => {
  const channel = 'folkmoot:live:home:1'
  const valkey = await pubsubServer()
  const valkeyUrl = `valkey://127.0.0.1:${valkey.port}`
  const one = createLive({ log: silentLog(), valkeyUrl })
  const two = createLive({ log: silentLog(), valkeyUrl })
  const heard: unknown[] = []
  const leave = [
    one.subscribe('home:1', (message) => heard.push(['one', message])),
    two.subscribe('home:1', (message) => heard.push(['two', message])),
  ]
  await until(() => valkey.listeners(channel) === 2)
  one.publish('home:1', { id: '7', text: 'Grüße' })
  await until(() => heard.length >= 2)
  assert.deepEqual(heard, [
    ['one', { id: '7', text: 'Grüße' }],
    ['two', { id: '7', text: 'Grüße' }],
  ])

  await valkey.stop()
  one.publish('home:1', 'alone')
  assert.deepEqual(heard.at(-1), ['one', 'alone'])
  const back = await pubsubServer(valkey.port)
  await until(() => back.listeners(channel) === 2)
  await until(() => {
    two.publish('home:1', 'together')
    return heard.some((entry) => JSON.stringify(entry) === '["one","together"]')
  })
  for (const go of leave) go()
  await until(() => back.listeners(channel) === 0)
  await one.close()
  await two.close()
  await back.stop()
})

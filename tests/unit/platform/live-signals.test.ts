// Promises about live messages between processes that share a database: they arrive, and nobody pays for silence.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLive } from '../../../src/platform/live.ts'
import { createLog, silentLog } from '../../../src/platform/log.ts'
import { createLocalSignals } from '../../../src/store/dialects/signals.ts'
import type { Signals } from '../../../src/store/open.ts'
import { forEachEngine, openTestStore } from '../../database.ts'
import { eventually } from '../../world.ts'

/** Two processes, as far as signals go; `sent` is everything that crosses. */
function twoProcesses() {
  const local = createLocalSignals({ warn() {}, error() {} })
  const sent: string[] = []
  const signals: Signals = {
    listen: (channel, hear) => local.listen(channel, hear),
    send(channel, text) {
      sent.push(text)
      local.send(channel, text)
    },
  }
  const one = createLive({ log: silentLog(), signals })
  const other = createLive({ log: silentLog(), signals })
  return { one, other, sent }
}

test('what one process publishes reaches listeners in the other, once, and in the publishing one at once', async () => {
  const { one, other } = twoProcesses()
  const heard: unknown[] = []
  one.subscribe('home:1', (message) => heard.push(['one', message]))
  other.subscribe('home:1', (message) => heard.push(['other', message]))
  await eventually(() => one.hasSubscribers('home:'))
  await new Promise((resolve) => setImmediate(resolve))
  one.publish('home:1', { id: 7 })
  assert.deepEqual(heard, [['one', { id: 7 }]])
  await eventually(() => heard.length === 2)
  assert.deepEqual(heard[1], ['other', { id: 7 }])
  await one.close()
  await other.close()
})

test('a message for ten thousand channels crosses in few signals, none too large for the database', async () => {
  const { one, other, sent } = twoProcesses()
  let heard = 0
  for (let id = 0; id < 10_000; id += 1)
    other.subscribe(`home:${891_224_714_743_808 + id}`, () => (heard += 1))
  await eventually(() => one.hasSubscribers('home:'))
  sent.length = 0
  for (let id = 0; id < 10_000; id += 1)
    one.publish(`home:${891_224_714_743_808 + id}`, { event: 'post', id: 5 })
  await eventually(() => heard === 10_000)
  assert.ok(sent.length < 100, `${sent.length} signals`)
  for (const text of sent) assert.ok(Buffer.byteLength(text) <= 7900)
  await one.close()
  await other.close()
})

test('nothing crosses that nobody there listens to, and it is known who listens to what', async () => {
  const { one, other, sent } = twoProcesses()
  const leave = other.subscribe('list:1', () => {})
  await eventually(() => one.hasSubscribers('list:'))
  assert.equal(one.hasSubscribers('home:'), false)
  sent.length = 0
  one.publish('home:1', { id: 1 })
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(sent, [])
  leave()
  await eventually(() => !one.hasSubscribers('list:'))
  other.subscribe('tag:x', () => {})
  await eventually(() => one.hasSubscribers('tag:'))
  await other.close()
  await eventually(() => !one.hasSubscribers('tag:'))
  await one.close()
})

test('what is no message of ours on the line harms nothing', async () => {
  const local = createLocalSignals({ warn() {}, error() {} })
  const live = createLive({ log: silentLog(), signals: local })
  for (const text of ['', '{', 'null', '7', '[]', '{"from":1}', '{"channels":["x"]}'])
    local.send('live', text)
  await new Promise((resolve) => setImmediate(resolve))
  let heard = 0
  live.subscribe('x', () => (heard += 1))
  live.publish('x', 1)
  assert.equal(heard, 1)
  await live.close()
})

forEachEngine((engine) => {
  test('closing leaves no complaint in the log', async () => {
    const lines: string[] = []
    const log = createLog({ level: 'debug', format: 'json', write: (line) => lines.push(line) })
    const { store, close } = await openTestStore(engine, log)
    const live = createLive({ log, signals: store.signals })
    live.subscribe('home:1', () => {})
    live.publish('home:1', 1)
    await live.close()
    await close()
    assert.deepEqual(lines, [])
  })
})

// Promises about the heartbeat of streams: every connection shows that it lives, and none has a timer of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHeartbeat } from '../../../src/protocols/mastodon/streaming/heartbeat.ts'

test('a hundred thousand idle connections each beat once a round, an even share of them each second', () => {
  const heartbeat = createHeartbeat(15)
  const beats = new Uint32Array(100_000)
  const leave = Array.from(beats.keys(), (index) =>
    heartbeat.add({ beat: () => void (beats[index] = (beats[index] ?? 0) + 1) }),
  )
  const perSecond: number[] = []
  for (let second = 0; second < 15; second += 1) {
    const before = beats.reduce((sum, count) => sum + count, 0)
    heartbeat.tick()
    perSecond.push(beats.reduce((sum, count) => sum + count, 0) - before)
  }
  assert.ok(beats.every((count) => count === 1))
  assert.ok(
    perSecond.every((count) => count === 6666 || count === 6667),
    perSecond.join(' '),
  )
  for (const one of leave.slice(1)) one()
  for (let second = 0; second < 15; second += 1) heartbeat.tick()
  assert.equal(beats[0], 2)
  assert.ok(beats.slice(1).every((count) => count === 1))
})

test('a connection that ends while it beats hinders no other', () => {
  const heartbeat = createHeartbeat(1)
  const heard: string[] = []
  const leave = heartbeat.add({
    beat() {
      heard.push('a')
      leave()
    },
  })
  heartbeat.add({ beat: () => void heard.push('b') })
  heartbeat.tick()
  heartbeat.tick()
  assert.deepEqual(heard, ['a', 'b', 'b'])
})

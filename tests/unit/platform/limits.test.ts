// Promises about limits: nobody may do a thing too often, one caller never pays for another, memory stays bounded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimits } from '../../../src/platform/limits.ts'
import type { Signals } from '../../../src/store/open.ts'

const thrice = { limit: 3, periodSeconds: 60 }

test('a caller may do a thing so many times, then waits until the period is over', async (t) => {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 })
  const limits = createLimits()
  const results = []
  for (let round = 0; round < 5; round += 1) results.push(await limits.consume('login', '1.2.3.4', thrice))
  assert.deepEqual(
    results.map(({ allowed, remaining }) => [allowed, remaining]),
    [
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ],
  )
  assert.deepEqual([results[4]?.limit, results[4]?.resetAt], [3, 1_060_000])
  t.mock.timers.tick(59_000)
  assert.equal((await limits.consume('login', '1.2.3.4', thrice)).allowed, false)
  t.mock.timers.tick(2_000)
  assert.equal((await limits.consume('login', '1.2.3.4', thrice)).allowed, true)
})

test('callers, and different things, are counted apart', async () => {
  const limits = createLimits()
  for (let round = 0; round < 4; round += 1) await limits.consume('login', 'a', thrice)
  assert.equal((await limits.consume('login', 'a', thrice)).allowed, false)
  assert.equal((await limits.consume('login', 'b', thrice)).allowed, true)
  assert.equal((await limits.consume('post', 'a', thrice)).allowed, true)
  assert.equal((await limits.consume('login', 'a', { limit: 10, periodSeconds: 60 })).allowed, true)
})

test('a success wipes the failures before it', async () => {
  const limits = createLimits()
  for (let round = 0; round < 4; round += 1) await limits.consume('login', 'a', thrice)
  await limits.forget('login', 'a', thrice)
  assert.equal((await limits.consume('login', 'a', thrice)).remaining, 2)
})

test('a crowd of strangers cannot fill the memory, nor wipe the counter of someone who keeps trying', async () => {
  const limits = createLimits({ maxKeys: 100 })
  for (let stranger = 0; stranger < 1_000; stranger += 1) {
    await limits.consume('login', `stranger ${stranger}`, thrice)
    if (stranger % 50 === 0) await limits.consume('login', 'persistent', thrice)
  }
  assert.equal(limits.size(), 100)
  assert.equal((await limits.consume('login', 'persistent', thrice)).allowed, false)
  assert.equal((await limits.consume('login', 'x'.repeat(1_000_000), thrice)).allowed, true)
})

/** The wire between the processes of one server. */
function wire(): Signals {
  const listeners: ((text: string) => void)[] = []
  return {
    send: (_channel, text) => listeners.forEach((hear) => hear(text)),
    listen: (_channel, hear) => {
      listeners.push(hear)
      return () => {}
    },
  }
}

test('asking another process of the same server gains nothing', async (t) => {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 })
  const signals = wire()
  const [here, there] = [createLimits({ signals }), createLimits({ signals })]
  for (let round = 0; round < 3; round += 1) await here.consume('login', '1.2.3.4', thrice)
  t.mock.timers.tick(1000)
  assert.equal((await there.consume('login', '1.2.3.4', thrice)).allowed, false)
  assert.equal((await there.consume('login', '5.6.7.8', thrice)).allowed, true)
  await here.forget('login', '1.2.3.4', thrice)
  t.mock.timers.tick(1000)
  assert.equal((await there.consume('login', '1.2.3.4', thrice)).remaining, 2)
})

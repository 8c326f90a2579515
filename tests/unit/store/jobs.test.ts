// Jobs: what was put off is done, at least once, in order, and one bad job holds up nobody.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sql } from 'kysely'
import { createIdSource } from '../../../src/lib/id.ts'
import { Refusal } from '../../../src/model/refusal.ts'
import { createJobs } from '../../../src/platform/jobs.ts'
import type { Job, Jobs, Outcome } from '../../../src/platform/jobs.ts'
import { claimJobs, countJobs, reviveJob } from '../../../src/store/jobs.ts'
import { openStore } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/open.ts'
import { forEachEngine, openTestStore } from '../../database.ts'
import type { TestStore } from '../../database.ts'

const NOON = Date.UTC(2026, 5, 1, 12)

interface Bench extends TestStore {
  jobs: Jobs
  clock: { now: () => number; time: number }
  ended: { id: number; kind: string; outcome: Outcome }[]
}

const quiet = { debug() {}, warn() {}, error() {} }

forEachEngine((engine) => {
  const withBench = (task: (bench: Bench) => Promise<void>) => async () => {
    const opened = await openTestStore(engine)
    const bench = benchOver(opened)
    try {
      await task(bench)
    } finally {
      await bench.jobs.stop(100)
      await opened.close()
    }
  }

  it(
    'does jobs in the order of their time, and those of one time in the order they were added',
    withBench(async ({ store, jobs, clock }) => {
      const seen: unknown[] = []
      jobs.register(
        'note',
        { batch: async (_tx, batch) => void seen.push(...payloads(batch)) },
        { queue: 'q' },
      )
      await store.write(async (tx) => {
        await jobs.add(tx, { queue: 'q', kind: 'note', payload: 'later', runAt: NOON + 5000 })
        await jobs.add(
          tx,
          { queue: 'q', kind: 'note', payload: 'first' },
          { queue: 'q', kind: 'note', payload: 'second' },
        )
        await jobs.add(tx, { queue: 'q', kind: 'note', payload: 'early', runAt: NOON - 5000 })
      })
      await jobs.idle()
      assert.deepEqual(seen, ['early', 'first', 'second'])
      clock.time = NOON + 5000
      await jobs.idle()
      assert.deepEqual(seen, ['early', 'first', 'second', 'later'])
      assert.deepEqual(await countJobs(store.read), [])
    }),
  )

  it(
    'a job added in a transaction that is undone never runs',
    withBench(async ({ store, jobs }) => {
      let ran = 0
      jobs.register('once', { single: async () => void (ran += 1) }, { queue: 'q' })
      await assert.rejects(
        store.write(async (tx) => {
          await jobs.add(tx, { queue: 'q', kind: 'once', payload: null })
          throw new Error('no')
        }),
      )
      await jobs.idle()
      assert.equal(ran, 0)
    }),
  )

  it(
    'a started worker runs a job as soon as it is committed',
    withBench(async ({ store, jobs }) => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      jobs.register('soon', { single: async (job) => resolve(job.payload) }, { queue: 'q' })
      jobs.start()
      await jobs.idle()
      const began = performance.now()
      await store.write((tx) => jobs.add(tx, { queue: 'q', kind: 'soon', payload: { to: ['a', 'ü'] } }))
      assert.deepEqual(await promise, { to: ['a', 'ü'] })
      assert.ok(performance.now() - began < 200, `woken after ${performance.now() - began} ms`)
    }),
  )

  it(
    'jobs with one key wait once, and may be asked for again while the first is being done',
    withBench(async ({ store, jobs }) => {
      let ran = 0
      jobs.register(
        'refresh',
        {
          single: async () => {
            ran += 1
            if (ran === 1) await store.write((tx) => jobs.add(tx, refresh))
          },
        },
        { queue: 'q', concurrency: 1 },
      )
      const refresh = { queue: 'q', kind: 'refresh', payload: 1, key: 'refresh:7' }
      await store.write((tx) => jobs.add(tx, { ...refresh, runAt: NOON + 9_000_000 }))
      await store.write((tx) => jobs.add(tx, refresh, refresh))
      await jobs.idle()
      assert.equal(ran, 2)
    }),
  )

  it(
    'a failing job is put off longer each time, then buried with its last error, and can be revived',
    withBench(async ({ store, jobs, clock, ended }) => {
      const seen: number[] = []
      let broken = true
      jobs.register(
        'call',
        {
          single: async (job) => {
            seen.push(job.attempts)
            if (broken) throw new Error(`peer ${job.attempts} is down`)
          },
        },
        { queue: 'q', maxAttempts: 3 },
      )
      await store.write((tx) => jobs.add(tx, { queue: 'q', kind: 'call', payload: 1, key: 'k' }))
      await jobs.idle()
      const first = await store.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
      assert.equal(first.key, 'k')
      assert.equal(first.last_error, 'Error: peer 1 is down')
      assert.ok(first.run_at >= NOON + 7500 && first.run_at <= NOON + 12_500)
      clock.time = first.run_at
      await jobs.idle()
      const second = await store.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
      assert.ok(second.run_at - clock.time >= 22_500)
      clock.time = second.run_at
      await jobs.idle()
      assert.deepEqual(seen, [1, 2, 3])
      assert.deepEqual(await countJobs(store.read), [])
      const dead = await store.read.selectFrom('dead_jobs').selectAll().executeTakeFirstOrThrow()
      assert.equal(dead.last_error, 'Error: peer 3 is down')
      assert.equal(dead.failed_at, clock.time)
      assert.equal(dead.attempts, 3)
      assert.deepEqual(
        ended.map((end) => end.outcome),
        ['retried', 'retried', 'dead'],
      )
      broken = false
      assert.equal(await store.write((tx) => reviveJob(tx, dead.id, clock.time)), true)
      await jobs.idle()
      assert.deepEqual(seen, [1, 2, 3, 1])
      assert.equal(await store.write((tx) => reviveJob(tx, dead.id, clock.time)), false)
    }),
  )

  it(
    'a refusal is final: it is not tried again',
    withBench(async ({ store, jobs, ended }) => {
      jobs.register('ask', { single: () => Promise.reject(new Refusal('gone', 'Gone')) }, { queue: 'q' })
      await store.write((tx) => jobs.add(tx, { queue: 'q', kind: 'ask', payload: 1 }))
      await jobs.idle()
      assert.deepEqual(
        ended.map((end) => end.outcome),
        ['dead'],
      )
    }),
  )

  it(
    'one bad job in a batch neither stops the others nor leaves half its work behind',
    withBench(async ({ store, jobs, ended }) => {
      jobs.register(
        'set',
        {
          batch: async (tx, batch) => {
            for (const job of batch) {
              await tx
                .insertInto('settings')
                .values({ key: String(job.payload), value: 'written' })
                .execute()
              if (job.payload === 'poison') throw new Error('poison')
            }
          },
        },
        { queue: 'q', size: 10 },
      )
      const words = Array.from({ length: 25 }, (_, index) => (index === 12 ? 'poison' : `k${index}`))
      await store.write((tx) =>
        jobs.add(tx, ...words.map((payload) => ({ queue: 'q', kind: 'set', payload }))),
      )
      await jobs.idle()
      const keys = (await store.read.selectFrom('settings').select('key').execute()).map((row) => row.key)
      assert.deepEqual(keys.sort(), words.filter((word) => word !== 'poison').sort())
      assert.equal(ended.filter((end) => end.outcome === 'done').length, 24)
      assert.equal(ended.filter((end) => end.outcome === 'retried').length, 1)
      assert.deepEqual(await countJobs(store.read), [{ queue: 'q', waiting: 1 }])
    }),
  )

  it(
    'never runs more jobs at once than allowed, and all of them in the end',
    withBench(async ({ store, jobs }) => {
      let running = 0
      let most = 0
      let done = 0
      jobs.register(
        'slow',
        {
          single: async () => {
            most = Math.max(most, (running += 1))
            await new Promise(setImmediate)
            running -= 1
            done += 1
          },
        },
        { queue: 'q', concurrency: 3 },
      )
      await store.write((tx) =>
        jobs.add(tx, ...range(20).map((n) => ({ queue: 'q', kind: 'slow', payload: n }))),
      )
      await jobs.idle()
      assert.equal(done, 20)
      assert.equal(most, 3)
    }),
  )

  it(
    'a job of a process that died is taken again after its lease, and not before',
    withBench(async ({ store, jobs, clock }) => {
      const seen: number[] = []
      jobs.register(
        'work',
        { single: async (job) => void seen.push(job.attempts) },
        { queue: 'q', leaseMs: 1000 },
      )
      await store.write((tx) => jobs.add(tx, { queue: 'q', kind: 'work', payload: 1 }))
      const lost = await claimJobs(store, { queue: 'q', kinds: ['work'], limit: 5, now: NOON, leaseMs: 1000 })
      assert.equal(lost.length, 1)
      await jobs.idle()
      assert.deepEqual(seen, [])
      clock.time = NOON + 1000
      await jobs.idle()
      assert.deepEqual(seen, [2])
    }),
  )

  it(
    'a stopping worker lets jobs finish, and gives back those that do not, for another to do at once',
    withBench(async ({ store, jobs, clock, database }) => {
      const started = Promise.withResolvers<AbortSignal>()
      const quick = Promise.withResolvers<void>()
      let finished = 0
      jobs.register(
        'hang',
        {
          single: (_job, signal) => {
            started.resolve(signal)
            return new Promise(() => {})
          },
        },
        { queue: 'slow' },
      )
      jobs.register(
        'quick',
        { single: () => quick.promise.then(() => void (finished += 1)) },
        { queue: 'fast' },
      )
      await store.write((tx) =>
        jobs.add(
          tx,
          { queue: 'slow', kind: 'hang', payload: 1 },
          { queue: 'fast', kind: 'quick', payload: 1 },
        ),
      )
      jobs.start()
      const signal = await started.promise
      const stopped = jobs.stop(50)
      quick.resolve()
      await stopped
      assert.equal(finished, 1)
      assert.equal(signal.aborted, true)
      const other = await openStore(database)
      const again = await claimJobs(other, {
        queue: 'slow',
        kinds: ['hang'],
        limit: 1,
        now: clock.time,
        leaseMs: 1,
      })
      await other.close()
      assert.deepEqual(
        again.map((job) => job.attempts),
        [1],
      )
      assert.deepEqual(await countJobs(store.read), [{ queue: 'slow', waiting: 1 }])
    }),
  )

  it(
    'a handler that hangs is given up after its time and tried again later',
    withBench(async ({ store, jobs, ended }) => {
      jobs.register('hang', { single: () => new Promise(() => {}) }, { queue: 'q', timeoutMs: 20 })
      await store.write((tx) => jobs.add(tx, { queue: 'q', kind: 'hang', payload: 1 }))
      await jobs.idle()
      assert.deepEqual(
        ended.map((end) => end.outcome),
        ['retried'],
      )
      const row = await store.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
      assert.match(row.last_error ?? '', /longer than 20 ms/)
    }),
  )

  it(
    'a job that sets off others is followed to the end by idle()',
    withBench(async ({ store, jobs }) => {
      const seen: unknown[] = []
      const follow = async (job: Job) => {
        seen.push(job.payload)
        const next = Number(job.payload) + 1
        if (next < 4)
          await store.write((tx) =>
            jobs.add(tx, { queue: next % 2 ? 'odd' : 'even', kind: next % 2 ? 'o' : 'e', payload: next }),
          )
      }
      jobs.register('o', { single: follow }, { queue: 'odd' })
      jobs.register('e', { single: follow }, { queue: 'even' })
      await store.write((tx) => jobs.add(tx, { queue: 'even', kind: 'e', payload: 0 }))
      await jobs.idle()
      assert.deepEqual(seen, [0, 1, 2, 3])
    }),
  )
})

it('on postgres, a job added by one process wakes the worker of another', async () => {
  const opened = await openTestStore('postgres')
  const worker = await openStore(opened.database)
  const bench = benchOver({ ...opened, store: worker })
  const adding = benchOver(opened).jobs
  try {
    let done = Promise.withResolvers<unknown>()
    bench.jobs.register('far', { single: async (job) => done.resolve(job.payload) }, { queue: 'q' })
    bench.jobs.start()
    await listening(opened.store)
    const began = performance.now()
    for (const payload of range(8)) {
      done = Promise.withResolvers()
      await opened.store.write((tx) => adding.add(tx, { queue: 'q', kind: 'far', payload }))
      assert.equal(await done.promise, payload)
    }
    // Without signals the worker looks by itself after 250, 500, 1000, 2000 ... milliseconds.
    assert.ok(performance.now() - began < 1500, `took ${performance.now() - began} ms`)
  } finally {
    await bench.jobs.stop()
    await worker.close()
    await opened.close()
  }
})

/** Waits until some connection of this database listens. */
async function listening(store: Store): Promise<void> {
  while (true) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and query like 'listen%'`.execute(store.read)
    if (rows.length > 0) return
  }
}

function benchOver(opened: TestStore): Bench {
  const clock = { time: NOON, now: () => clock.time }
  const ended: Bench['ended'] = []
  const jobs = createJobs({
    store: opened.store,
    clock,
    ids: createIdSource(() => NOON),
    log: quiet,
    observe: (job, outcome) => void ended.push({ id: job.id, kind: job.kind, outcome }),
  })
  return { ...opened, jobs, clock, ended }
}

const payloads = (jobs: readonly Job[]) => jobs.map((job) => job.payload)
const range = (length: number) => Array.from({ length }, (_, index) => index)

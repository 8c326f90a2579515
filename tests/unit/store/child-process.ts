// A process of its own that writes or works on a database, so that tests can kill it at the worst moment.
import { writeSync } from 'node:fs'
import { sql } from 'kysely'
import { createIdSource } from '../../../src/lib/id.ts'
import { createJobs } from '../../../src/platform/jobs.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { migrations } from '../../../src/store/migrations/index.ts'
import { openStore } from '../../../src/store/open.ts'
import type { DatabaseSettings, Store } from '../../../src/store/open.ts'

const [task = '', database = ''] = process.argv.slice(2)

/** Writes at once, past all buffers: what the parent reads has happened. */
const say = (...words: unknown[]): void => void writeSync(1, `${words.join(' ')}\n`)

const tasks: Record<string, (store: Store) => Promise<void>> = {
  migrate: async (store) => {
    for (const name of await migrate(store, migrations)) say('applied', name)
    await store.close()
  },
  write: async (store) => {
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let n = 0; ; n += 1) {
        const name = `${lane}-${n}`
        await store.write(async (tx) => {
          await tx
            .insertInto('settings')
            .values({ key: `a-${name}`, value: 'x' })
            .execute()
          await sql`update settings set value = cast(cast(value as integer) + 1 as text) where key = 'count'`.execute(
            tx,
          )
          await tx
            .insertInto('settings')
            .values({ key: `b-${name}`, value: 'x' })
            .execute()
        })
        say('written', name)
      }
    })
    await Promise.all(lanes)
  },
  work: async (store) => {
    const jobs = createWorker(store)
    jobs.register(
      'call',
      { single: async (job) => say('called', job.payload) },
      { queue: 'calls', concurrency: 3 },
    )
    jobs.register(
      'count',
      {
        batch: async (tx, batch) => {
          for (const job of batch) {
            await tx
              .insertInto('settings')
              .values({ key: `job-${String(job.payload)}`, value: String(process.pid) })
              .execute()
          }
        },
      },
      { queue: 'counts', size: 7 },
    )
    say('ready')
    process.stdin.once('data', () => jobs.start())
  },
  hang: async (store) => {
    const calls = createWorker(store)
    const counts = createWorker(store)
    const forever = () => new Promise<void>(() => {})
    const call = async (): Promise<void> => {
      say('began call')
      // Only now: on SQLite the open transaction of the other job keeps everyone else from taking one.
      counts.start()
      await forever()
    }
    calls.register('call', { single: call }, { queue: 'calls', leaseMs: 400 })
    counts.register(
      'count',
      {
        batch: async (tx) => {
          await tx.insertInto('settings').values({ key: 'job-1', value: 'half' }).execute()
          say('began count')
          await forever()
        },
      },
      { queue: 'counts' },
    )
    calls.start()
  },
}

function createWorker(store: Store) {
  const log = { debug() {}, warn: say, error: say }
  return createJobs({ store, clock: systemClock, ids: createIdSource(systemClock.now, process.pid), log })
}

await tasks[task]?.(await openStore(JSON.parse(database) as DatabaseSettings))

// What the server promised survives a kill, and several processes share one database without stepping on each other.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createIdSource } from '../../../src/lib/id.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { createJobs } from '../../../src/platform/jobs.ts'
import { addJobs, countJobs } from '../../../src/store/jobs.ts'
import { migrations } from '../../../src/store/migrations/index.ts'
import { openStore } from '../../../src/store/open.ts'
import type { DatabaseSettings, Store } from '../../../src/store/open.ts'
import { createTestDatabase, forEachEngine, openTestStore } from '../../database.ts'

const ids = createIdSource(systemClock.now)

forEachEngine((engine) => {
  it('a process killed in the middle of writing has lost nothing it confirmed, and doubled nothing', async () => {
    const opened = await openTestStore(engine)
    const { store } = opened
    await store.write((tx) => tx.insertInto('settings').values({ key: 'count', value: '0' }).execute())
    const child = start('write', opened.database)
    try {
      await until(() => child.lines.length > 300)
      await child.kill()
      const confirmed = child.lines.map((line) => line.replace('written ', ''))
      await until(async () => (await othersConnected(store)) === 0)
      const rows = await store.read.selectFrom('settings').selectAll().execute()
      const keys = new Set(rows.map((row) => row.key))
      for (const name of confirmed) assert.ok(keys.has(`a-${name}`) && keys.has(`b-${name}`), name)
      const count = Number(rows.find((row) => row.key === 'count')?.value)
      assert.equal(rows.filter((row) => row.key.startsWith('a-')).length, count)
      assert.equal(rows.filter((row) => row.key.startsWith('b-')).length, count)
      await store.write((tx) => tx.insertInto('settings').values({ key: 'after', value: 'x' }).execute())
    } finally {
      await child.kill()
      await opened.close()
    }
  })

  it('two processes share the jobs: each is done by one of them', async () => {
    const opened = await openTestStore(engine)
    const { store } = opened
    const calls = Array.from({ length: 60 }, (_, n) => ({ queue: 'calls', kind: 'call', payload: n }))
    const counts = Array.from({ length: 200 }, (_, n) => ({ queue: 'counts', kind: 'count', payload: n }))
    await store.write((tx) => addJobs(tx, ids, Date.now(), [...calls, ...counts]))
    const workers = [start('work', opened.database), start('work', opened.database)]
    try {
      await until(() => workers.every((worker) => worker.lines.includes('ready')))
      for (const worker of workers) worker.tell('go')
      await until(async () => (await countJobs(store.read)).length === 0)
      // The database may know before the last line has come through the pipe: ended, they have said everything.
      for (const worker of workers) await worker.kill()
      const called = workers.flatMap((worker) => worker.lines.filter((line) => line.startsWith('called')))
      assert.deepEqual(called.sort(), calls.map((call) => `called ${call.payload}`).sort())
      const counted = await store.read.selectFrom('settings').select('key').execute()
      assert.equal(counted.length, counts.length)
      assert.deepEqual(
        workers.flatMap((worker) => worker.lines.filter((line) => !/^(called|ready)/.test(line))),
        [],
      )
    } finally {
      for (const worker of workers) await worker.kill()
      await opened.close()
    }
  })

  it('jobs that a killed process was doing are done by another', async () => {
    const opened = await openTestStore(engine)
    const { store } = opened
    const queued = [
      { queue: 'calls', kind: 'call', payload: 1 },
      { queue: 'counts', kind: 'count', payload: 1 },
    ]
    await store.write((tx) => addJobs(tx, ids, Date.now(), queued))
    const child = start('hang', opened.database)
    const done: string[] = []
    const log = { debug() {}, warn() {}, error() {} }
    const jobs = createJobs({ store, clock: systemClock, ids, log })
    jobs.register('call', { single: async () => void done.push('call') }, { queue: 'calls' })
    jobs.register(
      'count',
      {
        batch: async (tx) => {
          await tx.insertInto('settings').values({ key: 'job-1', value: 'whole' }).execute()
        },
      },
      { queue: 'counts' },
    )
    try {
      await until(() => child.lines.includes('began call') && child.lines.includes('began count'))
      await child.kill()
      jobs.start()
      await until(async () => (await countJobs(store.read)).length === 0)
      assert.deepEqual(done, ['call'])
      assert.deepEqual(await store.read.selectFrom('settings').selectAll().execute(), [
        { key: 'job-1', value: 'whole' },
      ])
    } finally {
      await child.kill()
      await jobs.stop()
      await opened.close()
    }
  })

  it('three processes that start together on an empty database create its tables once', async () => {
    const { database, drop } = await createTestDatabase(engine, { empty: true })
    const children = Array.from({ length: 3 }, () => start('migrate', database))
    for (const child of children) assert.equal(await child.ended, 0, child.lines.join('\n'))
    const applied = children.flatMap((child) => child.lines)
    assert.deepEqual(applied.sort(), migrations.map((migration) => `applied ${migration.name}`).sort())
    const store = await openStore(database)
    assert.deepEqual(await countJobs(store.read), [])
    await store.close()
    await drop()
  })
})

/** Starts child-process.ts; `lines` grows with what it says. */
function start(task: string, database: DatabaseSettings) {
  const script = new URL('child-process.ts', import.meta.url)
  const child = spawn(process.execPath, [script.pathname, task, JSON.stringify(database)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line))
  }
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    lines,
    ended,
    tell: (word: string) => child.stdin.write(word),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** How many connections of killed processes PostgreSQL still has to clean up; SQLite leaves none. */
async function othersConnected(store: Store): Promise<number> {
  if (store.dialect.name === 'sqlite') return 0
  const { sql } = await import('kysely')
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`.execute(store.read)
  return rows[0]?.n ?? 0
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 90_000
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('the condition never came true')
    await sleep(5)
  }
}

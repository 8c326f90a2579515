// Queues the works of one SQLite file and lets those that wait share a commit, each in a savepoint of its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSqliteBusy } from './sqlite.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { refuseCrowd, runHooks } from './transaction.ts'
import type { StoreLog } from './store.ts'

/** Runs inside a transaction and may add what is to happen after its commit. */
type Run<T> = (hooks: (() => void)[]) => Promise<T>

export interface Writer {
  /** Resolves when the work is committed. */
  write<T>(run: Run<T>): Promise<T>
  /** Waits for the works queued so far and refuses later ones. */
  close(): Promise<void>
}

interface Waiting {
  run: Run<unknown>
  /** Runs a function in the asynchronous context (request, log fields) of the caller. */
  inContext: <R>(task: () => R) => R
  hooks: (() => void)[]
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

interface Done {
  waiting: Waiting
  value: unknown
}

/** A group ends at this many works or milliseconds, so that other processes get their turn. */
const GROUP = { works: 128, ms: 10 }
const LONGEST_WAIT_MS = 5000
/** A process that waits for the lock looks for it after each of these; one that has more to write leaves it as long. */
const TURN_MS = 2

/** `shared`: other processes write as much as this one, so after a full group it is their turn. */
export function createWriter(
  connection: SqliteConnection,
  log: StoreLog,
  { shared = false }: { shared?: boolean } = {},
): Writer {
  const queue: Waiting[] = []
  let draining: Promise<void> | undefined
  let closed = false

  const drain = async (): Promise<void> => {
    // Requests that arrived with this one get to queue their works before the group starts.
    await new Promise(setImmediate)
    while (queue.length > 0) {
      await writeGroup(connection, queue, log)
      if (shared && queue.length > 0) await sleep(TURN_MS)
    }
    draining = undefined
  }
  return {
    async write<T>(run: Run<T>): Promise<T> {
      if (closed) throw new Error('the store is closed')
      refuseCrowd(queue.length)
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      queue.push({ run, inContext: AsyncLocalStorage.snapshot(), hooks: [], resolve, reject })
      draining ??= drain()
      return promise as Promise<T>
    },
    async close() {
      closed = true
      await draining
    },
  }
}

async function writeGroup(connection: SqliteConnection, queue: Waiting[], log: StoreLog): Promise<void> {
  try {
    await begin(connection)
  } catch (error) {
    queue.shift()?.reject(error)
    return
  }
  const done = await runGroup(connection, queue)
  try {
    if (done.length > 0) connection.script('commit')
  } catch (error) {
    rollback(connection)
    for (const { waiting } of done) waiting.reject(error)
    return
  }
  for (const { waiting, value } of done) {
    if (waiting.hooks.length > 0) waiting.inContext(() => runHooks(waiting.hooks, log))
    waiting.resolve(value)
  }
}

/** Takes the write lock; waits for other processes without blocking this one. */
async function begin(connection: SqliteConnection): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS
  while (true) {
    try {
      connection.script('begin immediate')
      return
    } catch (error) {
      if (!isSqliteBusy(error) || performance.now() > until) throw error
      await sleep(TURN_MS / 2 + Math.random() * TURN_MS)
    }
  }
}

/** Runs works until the queue is empty or the group full; gives those to be committed, or none when all is undone. */
async function runGroup(connection: SqliteConnection, queue: Waiting[]): Promise<Done[]> {
  const done: Done[] = []
  const until = performance.now() + GROUP.ms
  while (done.length < GROUP.works && (done.length === 0 || performance.now() < until)) {
    const waiting = queue.shift()
    if (!waiting) break
    // The first work needs no savepoint: there is nothing else to undo with it.
    const alone = done.length === 0
    try {
      if (!alone) connection.run('savepoint work', [])
      const value = await waiting.inContext(() => waiting.run(waiting.hooks))
      if (!alone) connection.run('release work', [])
      done.push({ waiting, value })
    } catch (error) {
      waiting.reject(error)
      if (alone) {
        rollback(connection)
        return []
      }
      if (undoWork(connection)) continue
      for (const lost of done) lost.waiting.reject(error)
      return []
    }
  }
  return done
}

/** Undoes the last work; false when SQLite gave up the whole transaction (disk full, out of memory). */
function undoWork(connection: SqliteConnection): boolean {
  try {
    connection.run('rollback to work', [])
    connection.run('release work', [])
    return connection.inTransaction()
  } catch {
    rollback(connection)
    return false
  }
}

function rollback(connection: SqliteConnection): void {
  if (connection.inTransaction()) connection.script('rollback')
}

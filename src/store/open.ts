// Opens the database that the configuration names; the one door to the store for the rest of the house.
import { openSqlite } from './dialects/sqlite-store.ts'
import type { SignalLine, Store, StoreLog } from './dialects/store.ts'

export { afterCommit, changesOf, dialectOf, isTransaction } from './dialects/handles.ts'
export type { RowChanges, Touched } from './dialects/row-changes.ts'
export { prepared } from './dialects/prepared.ts'
export type { Parameter, Prepared } from './dialects/prepared.ts'
export type { Dialect } from './dialects/dialect.ts'
export type { Db, SignalLine, Signals, Store, StoreLog, Tx } from './dialects/store.ts'

/**
 * Where rows live. SQLite: commits survive a crash of the process always, and a power cut with `durable` (each commit
 * then waits for the disk). PostgreSQL: `connections` in each of two pools, 10 by default.
 */
export type DatabaseSettings =
  | { readonly engine: 'sqlite'; readonly file: string; readonly durable?: boolean }
  | { readonly engine: 'postgres'; readonly url: string; readonly connections?: number }

/**
 * Opens the database, proving that it answers; throws what the engine says when it does not. It creates no tables:
 * call `migrate` next.
 */
export async function openStore(
  database: DatabaseSettings,
  options: { log?: StoreLog; line?: SignalLine | undefined } = {},
): Promise<Store> {
  const log = options.log ?? silent
  const store =
    database.engine === 'sqlite'
      ? openSqlite(database, log, options.line)
      : await connectPostgres(database, log)
  try {
    await store.write(async () => {})
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The driver is loaded only where it is used: it would slow every other start. */
async function connectPostgres(
  database: Extract<DatabaseSettings, { engine: 'postgres' }>,
  log: StoreLog,
): Promise<Store> {
  const { openPostgres } = await import('./dialects/postgres-store.ts')
  return openPostgres(database, log)
}

const silent: StoreLog = { warn() {}, error() {} }

// A store in a SQLite file: one connection reads, another writes, and readers never wait for the writer.
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect as KyselyDialect, QueryResult } from 'kysely'
import { registerHandle } from './handles.ts'
import type { Handle } from './handles.ts'
import { readingHandle } from './kysely-handle.ts'
import type { KyselyKit } from './kysely-handle.ts'
import { createLineSignals, createLocalSignals } from './signals.ts'
import { connectSqlite } from './sqlite-connection.ts'
import type { ChangeBook, RowChanges } from './row-changes.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { watchRows } from './sqlite-watch.ts'
import { createWriter } from './sqlite-writer.ts'
import { isSqliteBusy, sqliteDialect } from './sqlite.ts'
import type { SignalLine, Store, StoreLog } from './store.ts'
import { createNesting, runWork } from './transaction.ts'

/**
 * Where the file is. A commit outlasts a crash of the process in any case; with `durable` it outlasts a power cut as well
 * (without, the last commits before one may be missing, the file is never damaged) and costs a disk flush.
 */
export interface SqliteSettings {
  file: string
  durable?: boolean | undefined
}

/** Opens the file, creating it when it is missing. With a `line`, other processes write to it all the time. */
export function openSqlite(settings: SqliteSettings, log: StoreLog, line?: SignalLine): Store {
  const { file, durable = false } = settings
  // The writer retries without blocking (see the writer); readers meet a lock only while a crash is being mended.
  const writing = connectSqlite({ file, durable, readOnly: false, busyMs: 10 })
  const reading = connectSqlite({ file, durable, readOnly: true, busyMs: 5000 })
  const kit = createKit()
  let changes: ChangeBook | undefined
  const connection = kyselyConnection(writing)
  const writerHandle = handleOver(writing)
  const nesting = createNesting()
  const writer = createWriter(
    telling(writing, () => changes),
    log,
    { shared: line !== undefined },
  )
  const resting = whenResting(writing, reading)
  const read = readingHandle(kit, providerOver(resting))
  registerHandle(read, handleOver(resting))
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await writer.close()
    reading.close()
    try {
      writing.script('pragma optimize')
    } catch (error) {
      // Another process holds the lock; the statistics can wait until the next close.
      if (!isSqliteBusy(error)) throw error
    } finally {
      writing.close()
    }
  }
  return {
    dialect: sqliteDialect,
    read,
    watchRows() {
      changes ??= watchRows(writing)
      registerHandle(read, { ...handleOver(resting), changes: lookingAtRest(changes, writing) })
    },
    signals: line ? createLineSignals(line, log) : createLocalSignals(log),
    async write(work, options = {}) {
      nesting.refuseInside()
      return writer.write((hooks) =>
        nesting.run(
          () => runWork({ kit, connection, handle: { ...writerHandle, hooks } }, work),
          options.longestMs,
        ),
      )
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Tells of changes when a transaction is over, at once: no read comes between the commit and the telling. */
function telling(writing: SqliteConnection, changes: () => ChangeBook | undefined): SqliteConnection {
  return {
    ...writing,
    script(sql) {
      try {
        writing.script(sql)
      } finally {
        const book = changes()
        if (writing.inTransaction()) book?.lookNow()
        else book?.tell()
      }
    },
  }
}

/** Nobody else writes while a transaction of ours is open, and its beginning has looked already. */
function lookingAtRest(changes: RowChanges, writing: SqliteConnection): RowChanges {
  return { ...changes, look: () => (writing.inTransaction() ? changes.generation() : changes.look()) }
}

/**
 * Reads through the writing connection between its transactions: a connection forgets its cached pages whenever another one
 * has written. While a transaction is open, and for everything that is no plain `select`, `reading` (which refuses writes)
 * has its turn.
 */
function whenResting(writing: SqliteConnection, reading: SqliteConnection): SqliteConnection {
  const pick = (sql: string): SqliteConnection =>
    !writing.inTransaction() && SELECT.test(sql) ? writing : reading
  return {
    ...reading,
    all: (sql, parameters) => pick(sql).all(sql, parameters),
    execute: (sql, parameters) => pick(sql).execute(sql, parameters),
  }
}

const SELECT = /^\s*select\b/i

function handleOver(connection: SqliteConnection): Handle {
  return {
    dialect: sqliteDialect,
    all: async (sql, parameters) => connection.all(sql, parameters),
    run: async (sql, parameters) => connection.run(sql, parameters),
  }
}

function providerOver(connection: SqliteConnection) {
  const shared = kyselyConnection(connection)
  return {
    provideConnection: <T>(consumer: (connection: DatabaseConnection) => Promise<T>) => consumer(shared),
  }
}

function kyselyConnection(connection: SqliteConnection): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = connection.execute(sql, parameters)
      if (changes === undefined) return { rows: rows as R[] }
      return { rows: [], numAffectedRows: BigInt(changes) }
    },
    streamQuery() {
      throw new Error('rows are read in pages, not streamed')
    },
  }
}

/** One statement can never come between another and its rows, so the connection needs no lock. */
class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function createKit(): KyselyKit {
  const compiler = new SqliteQueryCompiler()
  const adapter = new SharedAdapter()
  const dialect: KyselyDialect = {
    createDriver: () => {
      throw new Error('the store has its own connections')
    },
    createQueryCompiler: () => compiler,
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
  return { compiler, adapter, dialect }
}

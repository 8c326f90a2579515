// A store in PostgreSQL: a pool that reads, a pool that writes, and another try after a deadlock.
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect as KyselyDialect, QueryResult } from 'kysely'
import type { PoolClient } from 'pg'
import { registerHandle } from './handles.ts'
import type { Handle } from './handles.ts'
import { readingHandle } from './kysely-handle.ts'
import type { KyselyKit } from './kysely-handle.ts'
import { runStatement } from './postgres-client.ts'
import { createLender } from './postgres-lender.ts'
import type { Lender } from './postgres-lender.ts'
import { createPostgresSignals } from './postgres-signals.ts'
import { postgresDialect } from './postgres.ts'
import type { Store, StoreLog } from './store.ts'
import { LONGEST_WORK_MS, createNesting, runHooks, runWork } from './transaction.ts'
import type { Nesting, Work } from './transaction.ts'

/** `connections` is the number in each of the two pools; PostgreSQL admits 100 in all by default. */
export interface PostgresSettings {
  url: string
  connections?: number | undefined
}

const LONGEST_READ_MS = 15_000
const TRIES = 5

/** Makes the pools; connections are opened when they are first needed. */
export function openPostgres(settings: PostgresSettings, log: StoreLog): Store {
  const { url, connections = 10 } = settings
  const writing = createLender(url, { readOnly: false, connections, statementMs: LONGEST_WORK_MS }, log)
  const reading = createLender(url, { readOnly: true, connections, statementMs: LONGEST_READ_MS }, log)
  const kit = createKit()
  const nesting = createNesting()
  const signals = createPostgresSignals(url, writing, log)
  const read = readingHandle(kit, providerOver(reading))
  registerHandle(read, handleOver(reading))
  return {
    dialect: postgresDialect,
    read,
    signals,
    // Each read looks for itself: telling every process of every row would cost writers more than it saves readers.
    watchRows() {},
    async write(work, options = {}) {
      nesting.refuseInside()
      const hooks: (() => void)[] = []
      const value = await retried(() => {
        hooks.length = 0
        return writing.lend((client) => transact({ kit, client, hooks, nesting, ...options }, work))
      })
      runHooks(hooks, log)
      return value
    },
    async close() {
      await signals.close()
      await Promise.all([writing.close(), reading.close()])
    },
  }
}

interface Transacting {
  kit: KyselyKit
  client: PoolClient
  hooks: (() => void)[]
  nesting: Nesting
  longestMs?: number
}

async function transact<T>(parts: Transacting, work: Work<T>): Promise<T> {
  const { kit, client, hooks, nesting, longestMs } = parts
  const handle = { ...handleOver({ lend: (task) => task(client) }), hooks }
  await client.query('begin')
  const value = await nesting.run(
    () => runWork({ kit, connection: kyselyConnection(client), handle }, work),
    longestMs,
  )
  const { command } = await client.query('commit')
  // After an error that `work` swallowed, PostgreSQL answers a commit by undoing everything.
  if (command !== 'COMMIT')
    throw new Error('the transaction was undone, because a statement in it had failed')
  return value
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!postgresDialect.isBusy(error) || tries === TRIES) throw error
      await sleep(Math.random() * 10 * 2 ** tries)
    }
  }
}

function handleOver({ lend }: Pick<Lender, 'lend'>): Handle {
  return {
    dialect: postgresDialect,
    all: async (sql, parameters) => (await lend((client) => runStatement(client, sql, parameters))).rows,
    run: async (sql, parameters) => (await lend((client) => runStatement(client, sql, parameters))).changes,
  }
}

function providerOver({ lend }: Lender) {
  return {
    provideConnection: <T>(consumer: (connection: DatabaseConnection) => Promise<T>) =>
      lend((client) => consumer(kyselyConnection(client))),
  }
}

const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

function kyselyConnection(client: PoolClient): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, command, changes } = await runStatement(client, sql, parameters)
      if (!CHANGING.has(command)) return { rows: rows as R[] }
      return { rows: rows as R[], numAffectedRows: BigInt(changes) }
    },
    streamQuery() {
      throw new Error('rows are read in pages, not streamed')
    },
  }
}

function createKit(): KyselyKit {
  const compiler = new PostgresQueryCompiler()
  const adapter = new PostgresAdapter()
  const dialect: KyselyDialect = {
    createDriver: () => {
      throw new Error('the store has its own connections')
    },
    createQueryCompiler: () => compiler,
    createAdapter: () => adapter,
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
  return { compiler, adapter, dialect }
}

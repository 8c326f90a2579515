// Gives each test a database of its own, on either engine, with all tables in place.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'node:test'
import { Client } from 'pg'
import { migrate } from '../src/store/migrate.ts'
import { migrations } from '../src/store/migrations/index.ts'
import { openStore } from '../src/store/open.ts'
import type { DatabaseSettings, Store, StoreLog } from '../src/store/open.ts'
import { startPostgresServer } from './postgres-server.ts'
import type { PostgresServer } from './postgres-server.ts'

export type Engine = 'sqlite' | 'postgres'

/** Both, unless TEST_ENGINE names the only one to run on (which the engine steps of `npm test` do). */
export const engines: readonly Engine[] = (['sqlite', 'postgres'] as const).filter(
  (engine) => (process.env['TEST_ENGINE'] ?? engine) === engine,
)

/** A place for one database; `drop` removes it, whoever still uses it. */
export interface TestDatabase {
  database: DatabaseSettings
  drop: () => Promise<void>
}

/** An open store in a database of its own. `database` is what `openStore` (and `config.database`) takes to open it again. */
export interface TestStore {
  store: Store
  database: DatabaseSettings
  /** Closes the store and removes the database. */
  close: () => Promise<void>
}

/** Describes the same promises on both engines. */
export function forEachEngine(describeOn: (engine: Engine) => void): void {
  for (const engine of engines) describe(`on ${engine}`, () => describeOn(engine))
}

/** A fresh database with every table. */
export async function openTestStore(engine: Engine, log?: StoreLog): Promise<TestStore> {
  const { database, drop } = await createTestDatabase(engine)
  const store = await openStore(database, log ? { log } : {})
  return {
    store,
    database,
    async close() {
      await store.close()
      await drop()
    },
  }
}

/** A fresh database with every table, or without any (`empty`). */
export async function createTestDatabase(
  engine: Engine,
  options: { empty?: boolean } = {},
): Promise<TestDatabase> {
  return engine === 'sqlite' ? createSqlite(options.empty ?? false) : createPostgres(options.empty ?? false)
}

let counter = 0

/** A name that no other test and no other process uses. */
const freshName = (): string => `folkmoot_test_${process.pid}_${(counter += 1)}`

let directory: string | undefined
let sqliteTemplate: Promise<string> | undefined
let postgresTemplate: Promise<string> | undefined
let server: PostgresServer | undefined

function testDirectory(): string {
  if (directory !== undefined) return directory
  const made = mkdtempSync(join(tmpdir(), 'folkmoot-sqlite-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  directory = made
  return made
}

async function fill(database: DatabaseSettings): Promise<void> {
  const store = await openStore(database)
  await migrate(store, migrations)
  await store.close()
}

async function createSqlite(empty: boolean): Promise<TestDatabase> {
  const file = join(testDirectory(), `${freshName()}.db`)
  if (!empty) {
    sqliteTemplate ??= makeSqliteTemplate()
    copyFileSync(await sqliteTemplate, file)
  }
  return {
    database: { engine: 'sqlite', file },
    async drop() {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    },
  }
}

async function makeSqliteTemplate(): Promise<string> {
  const file = join(testDirectory(), 'template.db')
  await fill({ engine: 'sqlite', file })
  return file
}

async function createPostgres(empty: boolean): Promise<TestDatabase> {
  const url = await startPostgres()
  const used = empty ? undefined : cleaned.pop()
  const name = used ?? freshName()
  if (empty) {
    await maintain(url, `create database ${name}`)
  } else if (used === undefined) {
    postgresTemplate ??= makePostgresTemplate(url)
    await maintain(url, `create database ${name} template ${await postgresTemplate}`)
  }
  return {
    database: { engine: 'postgres', url: withDatabase(url, name), connections: 4 },
    async drop() {
      if (!empty && (await clean(url, name))) cleaned.push(name)
      else await maintain(url, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Databases that have all tables and no rows: copying a template takes 200 ms, emptying a database 10. */
const cleaned: string[] = []
let relations = 0

const COUNT_RELATIONS = `select count(*)::int as relations from pg_class where relnamespace = 'public'::regnamespace`

/** Empties a database for the next test; false when it is no longer as the migrations made it. */
async function clean(url: string, name: string): Promise<boolean> {
  const client = new Client({ connectionString: withDatabase(url, name) })
  await client.connect()
  try {
    const count = await client.query<{ relations: number }>(COUNT_RELATIONS)
    if (count.rows[0]?.relations !== relations) return false
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    const listed = await client.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
    )
    const tables = listed.rows.map((row) => row.tablename)
    const probes = tables.map((table) => `select '${table}' as t where exists (select 1 from ${table})`)
    const filled = await client.query<{ t: string }>(probes.join(' union all '))
    await client.query(filled.rows.map(({ t }) => `delete from ${t};`).join(''))
    return true
  } finally {
    await client.end()
  }
}

async function makePostgresTemplate(url: string): Promise<string> {
  const name = freshName()
  await maintain(url, `create database ${name}`)
  await fill({ engine: 'postgres', url: withDatabase(url, name), connections: 1 })
  relations = await countRelations(withDatabase(url, name))
  return name
}

async function countRelations(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ relations: number }>(COUNT_RELATIONS)).rows[0]?.relations ?? 0
  } finally {
    await client.end()
  }
}

let starting: Promise<string> | undefined

/**
 * The URL of the PostgreSQL server of this test run, started on first use and ended with the process.
 * FOLKMOOT_TEST_POSTGRES names a running one instead (a user that may create databases).
 */
export function startPostgres(): Promise<string> {
  starting ??= (async () => {
    const given = process.env['FOLKMOOT_TEST_POSTGRES']
    if (given) return given
    server = await startPostgresServer()
    return server.url
  })()
  return starting
}

/** Ends the server that `startPostgres` started, with everything in it. */
export function stopPostgres(): void {
  server?.stop()
  server = undefined
  starting = undefined
  postgresTemplate = undefined
  cleaned.length = 0
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function maintain(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

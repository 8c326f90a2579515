// Tables as a whole: which there are, filling them from a backup, and taking all of them away.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { TableColumns } from './dialects/snapshot.ts'
import type { Store } from './dialects/store.ts'
import type { Tables } from './schema.ts'

/** Indexes made from other tables; on SQLite each has tables of its own behind it. */
const SEARCH_INDEXES = ['account_search', 'post_search'] as const
/** Parameters that one statement may have on both engines. */
const PARAMETERS = 30_000

/** Every table with rows of its own (not the search indexes, not the list of migrations), by name. */
export async function listTables(db: Kysely<Tables>): Promise<TableColumns[]> {
  const tables = await db.introspection.getTables()
  return tables
    .filter(({ name }) => name !== 'migrations' && !SEARCH_INDEXES.some((index) => name.startsWith(index)))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The steps that the database has been through; none when it is empty. */
export async function listSteps(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables()
  if (!tables.some((table) => table.name === 'migrations')) return []
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(db)
  return rows.map((row) => row.name)
}

/** Whether any table has a row. */
export async function hasRows(db: Kysely<Tables>): Promise<boolean> {
  for (const { name } of await listTables(db)) {
    const { rows } = await sql`select 1 as one from ${sql.table(name)} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}

/** Adds rows, each an array of values in the order of the columns; the caller has checked the names. */
export async function insertRows(
  tx: Transaction<Tables>,
  table: TableColumns,
  rows: readonly unknown[][],
): Promise<void> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)))
  const size = Math.max(1, Math.floor(PARAMETERS / Math.max(1, table.columns.length)))
  for (let first = 0; first < rows.length; first += size) {
    const values = rows.slice(first, first + size).map((row) => sql`(${sql.join(row)})`)
    await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}`.execute(tx)
  }
}

/** Removes every table with everything in it. */
export async function dropTables(store: Store): Promise<void> {
  await store.write(
    async (tx) => {
      await store.dialect.lockMigrations(tx)
      for (const index of SEARCH_INDEXES) await sql`drop table if exists ${sql.table(index)}`.execute(tx)
      for (const { name } of await tx.introspection.getTables())
        await sql`drop table ${sql.table(name)}`.execute(tx)
    },
    { longestMs: 3_600_000 },
  )
}

/** Writes down that the database is incomplete: no version of the server starts on it. */
export async function markUnfinished(store: Store): Promise<void> {
  const step = { name: UNFINISHED, applied_at: Date.now() }
  await store.write(async (tx) => {
    await sql`insert into migrations (name, applied_at) values (${step.name}, ${step.applied_at})`.execute(tx)
  })
}

export async function markFinished(store: Store): Promise<void> {
  await store.write(async (tx) => {
    await sql`delete from migrations where name = ${UNFINISHED}`.execute(tx)
  })
}

const UNFINISHED = '9999-unfinished-restore'

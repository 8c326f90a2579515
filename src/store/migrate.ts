// Brings the tables of a database up to what this version of the code expects.
import type { Kysely } from 'kysely'
import type { Dialect } from './dialects/dialect.ts'
import type { Store } from './dialects/store.ts'

/**
 * One step forward. `name` is '0001-...': names sort in the order in which they are applied. A step works on `unknown`
 * tables, since the types describe the newest ones only.
 */
export interface Migration {
  name: string
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>
}

/** A step may rewrite a large table, and a second process waits for the first. */
const HOURS = { longestMs: 6 * 3_600_000 }

/** The table in which a database remembers its steps; it comes before every migration. */
interface Steps {
  migrations: { name: string; applied_at: number }
}

/**
 * Applies the steps that are missing, each in a transaction of its own, and gives their names. Several processes may call
 * it at the same moment: each step is applied once. Throws, changing nothing, when the database has steps that this
 * version does not know: it was used by a newer one.
 */
export async function migrate(store: Store, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = []
  await store.write(async (tx) => {
    await store.dialect.lockMigrations(tx)
    await createSteps(tx, store.dialect)
    refuseNewer(await stepsOf(tx), migrations)
  }, HOURS)
  for (const migration of migrations) {
    const done = await store.write(async (tx) => {
      await store.dialect.lockMigrations(tx)
      if ((await stepsOf(tx)).includes(migration.name)) return false
      await migration.up(tx as unknown as Kysely<unknown>, store.dialect)
      const step = { name: migration.name, applied_at: Date.now() }
      await steps(tx).insertInto('migrations').values(step).execute()
      return true
    }, HOURS)
    if (done) applied.push(migration.name)
  }
  return applied
}

/** The names of the steps that `migrate` would apply; all of them when the database is empty. */
export async function pendingMigrations(store: Store, migrations: readonly Migration[]): Promise<string[]> {
  return store.write(async (tx) => {
    await createSteps(tx, store.dialect)
    const done = await stepsOf(tx)
    refuseNewer(done, migrations)
    return migrations.map((migration) => migration.name).filter((name) => !done.includes(name))
  })
}

function refuseNewer(done: readonly string[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name))
  const unknown = done.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new Error(
    `This database was used by a newer version of Folkmoot (it knows the step ${unknown.join(', ')}): ` +
      'start that version, or restore a backup made before it.',
  )
}

async function createSteps(tx: object, dialect: Dialect): Promise<void> {
  const table = steps(tx)
    .schema.createTable('migrations')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
  await dialect.clusteredTable(table).execute()
}

async function stepsOf(tx: object): Promise<string[]> {
  const rows = await steps(tx).selectFrom('migrations').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

const steps = (tx: object): Kysely<Steps> => tx as Kysely<Steps>

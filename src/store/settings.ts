// Small values that the server keeps for itself, by name.
import type { Kysely } from 'kysely'
import { rowsOf, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

export async function readSetting(db: Kysely<Tables>, key: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ value: string }>(db, statement`select value from settings where key = ${key}`)
  return row?.value
}

export async function writeSetting(db: Kysely<Tables>, key: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value }))
    .execute()
}

/** Writes the value unless there is one already; returns the one that counts. */
export async function settleSetting(db: Kysely<Tables>, key: string, value: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((oc) => oc.column('key').doNothing())
    .execute()
  return (await readSetting(db, key)) ?? value
}

/** Those of the names that have a value. */
export async function readSettings(
  db: Kysely<Tables>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('settings').selectAll().where('key', 'in', keys).execute()
  return new Map(rows.map((row) => [row.key, row.value]))
}

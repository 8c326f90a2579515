// Lists that somebody brings along, and how far they have been taken in.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { ImportsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>
export type ImportRow = Selectable<ImportsTable>

export async function insertImport(db: Db, row: Insertable<ImportsTable>): Promise<void> {
  await db.insertInto('imports').values(row).execute()
}

export async function findImport(db: Db, id: number): Promise<ImportRow | undefined> {
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Newest first. */
export async function listImports(db: Db, accountId: number, limit: number): Promise<ImportRow[]> {
  return db
    .selectFrom('imports')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function updateImport(db: Db, id: number, change: Updateable<ImportsTable>): Promise<void> {
  await db.updateTable('imports').set(change).where('id', '=', id).execute()
}

// What moderators note about accounts and reports, for each other.
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { ModerationNotesTable, Tables } from '../schema.ts'

export type NoteRow = Selectable<ModerationNotesTable>

export async function insertNote(
  tx: Transaction<Tables>,
  row: Insertable<ModerationNotesTable>,
): Promise<void> {
  await tx.insertInto('moderation_notes').values(row).execute()
}

/** The latest, oldest first. */
export async function listNotes(
  db: Kysely<Tables>,
  target: { kind: string; id: number },
  limit: number,
): Promise<NoteRow[]> {
  const rows = await db
    .selectFrom('moderation_notes')
    .selectAll()
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.toReversed()
}

export async function deleteNote(tx: Transaction<Tables>, id: number): Promise<NoteRow | undefined> {
  return tx.deleteFrom('moderation_notes').where('id', '=', id).returningAll().executeTakeFirst()
}

// Hashtags by name, as readers ask for them.
import type { Kysely } from 'kysely'
import type { Tag } from '../model/tag.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** The ids of the tags that exist among these normalised names. */
export async function findTagIds(db: Db, names: readonly string[]): Promise<number[]> {
  if (names.length === 0) return []
  const rows = await db.selectFrom('tags').select('id').where('name', 'in', names).execute()
  return rows.map((row) => row.id)
}

export async function findTag(db: Db, name: string): Promise<Tag | undefined> {
  return db.selectFrom('tags').selectAll().where('name', '=', name).executeTakeFirst()
}

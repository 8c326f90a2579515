// Finds one reaction by our id.
import type { Kysely } from 'kysely'
import type { Reaction } from './reactions.ts'
import type { Tables } from './schema.ts'

export async function findReactionById(db: Kysely<Tables>, id: number): Promise<Reaction | undefined> {
  return db.selectFrom('reactions').selectAll().where('id', '=', id).executeTakeFirst()
}

// Where the consents to quotes can be looked up, by the quoting post.
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Keeps the address of a consent, in place of an earlier one. */
export async function putQuoteStamp(db: Db, postId: number, uri: string): Promise<void> {
  await db
    .insertInto('quote_stamps')
    .values({ post_id: postId, uri })
    .onConflict((conflict) => conflict.column('post_id').doUpdateSet({ uri }))
    .execute()
}

/** The posts whose quotes this consent allows: one, or none. */
export async function listStamped(db: Db, uri: string): Promise<number[]> {
  const rows = await db
    .selectFrom('quote_stamps')
    .select('post_id')
    .where('uri', '=', uri)
    .limit(10)
    .execute()
  return rows.map((row) => row.post_id)
}

export async function removeQuoteStamp(db: Db, postId: number): Promise<void> {
  await db.deleteFrom('quote_stamps').where('post_id', '=', postId).execute()
}

/** The addresses by quoting post. */
export async function loadQuoteStamps(db: Db, postIds: readonly number[]): Promise<Map<number, string>> {
  if (postIds.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('quote_stamps')
    .selectAll()
    .where(dialect.idIn('post_id', dialect.idList(postIds)))
    .execute()
  return new Map(rows.map((row) => [row.post_id, row.uri]))
}

// Finds the address under which an answer to an event was told.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export async function findAnswerUri(
  db: Kysely<Tables>,
  postId: number,
  accountId: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('event_answers')
    .select('uri')
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.uri ?? undefined
}

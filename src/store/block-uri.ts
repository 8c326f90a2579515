// Finds the address under which a block was told.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export async function findBlockUri(
  db: Kysely<Tables>,
  accountId: number,
  targetId: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('blocks')
    .select('uri')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .executeTakeFirst()
  return row?.uri ?? undefined
}

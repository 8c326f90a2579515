// Walks through all accounts or posts in the order of their ids, a page at a time.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function listAccountsAfter(db: Db, afterId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export async function listPostsAfter(
  db: Db,
  afterId: number,
  limit: number,
): Promise<{ id: number; accountId: number }[]> {
  return db
    .selectFrom('posts')
    .select(['id', 'account_id as accountId'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
}

// Whose posts delete themselves, and which of a window of old posts may go.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { PostRetention } from '../model/post-retention.ts'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findRetention(db: Db, accountId: number): Promise<PostRetention | undefined> {
  const row = await db
    .selectFrom('post_retention')
    .select('rules')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && (JSON.parse(row.rules) as PostRetention)
}

export async function putRetention(db: Db, accountId: number, rules: PostRetention): Promise<void> {
  const text = JSON.stringify(rules)
  await db
    .insertInto('post_retention')
    .values({ account_id: accountId, rules: text })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ rules: text }))
    .execute()
}

export async function removeRetention(db: Db, accountId: number): Promise<void> {
  await db.deleteFrom('post_retention').where('account_id', '=', accountId).execute()
}

/** The next account, this one included, whose posts delete themselves. */
export async function nextRetention(
  db: Db,
  fromAccountId: number,
): Promise<{ accountId: number; rules: PostRetention } | undefined> {
  const row = await db
    .selectFrom('post_retention')
    .selectAll()
    .where('account_id', '>=', fromAccountId)
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst()
  return row && { accountId: row.account_id, rules: JSON.parse(row.rules) as PostRetention }
}

/** Posts of the account that are older than a moment, a window in the order in which they were written. */
export async function listOldOwnPosts(
  db: Db,
  old: { accountId: number; afterId: number; before: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('posts')
    .select('id')
    .where('account_id', '=', old.accountId)
    .where('id', '>', old.afterId)
    .where('created_at', '<', old.before)
    .orderBy('id')
    .limit(old.limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Those of `ids` that no rule keeps. */
export async function listNotKept(
  db: Db,
  ids: readonly number[],
  { accountId, rules }: { accountId: number; rules: PostRetention },
): Promise<number[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  const conditions = [sql`p.account_id = ${accountId}`]
  if (rules.keepDirect) conditions.push(sql`p.audience <> 'direct'`)
  if (rules.minFavourites !== null) conditions.push(sql`p.likes_count < ${rules.minFavourites}`)
  if (rules.minBoosts !== null) conditions.push(sql`p.boosts_count < ${rules.minBoosts}`)
  if (rules.keepPinned) conditions.push(sql`not exists (select 1 from pins x where x.post_id = p.id)`)
  if (rules.keepMedia) conditions.push(sql`not exists (select 1 from media x where x.post_id = p.id)`)
  if (rules.keepPolls) conditions.push(sql`not exists (select 1 from polls x where x.post_id = p.id)`)
  if (rules.keepBookmarked)
    conditions.push(
      sql`not exists (select 1 from bookmarks x where x.post_id = p.id and x.account_id = p.account_id)`,
    )
  if (rules.keepFavourited)
    conditions.push(sql`not exists (select 1 from reactions x
      where x.post_id = p.id and x.account_id = p.account_id and x.kind = 'like')`)
  const { rows } = await sql<{ id: number }>`select p.id from posts p
    where ${dialect.idIn('p.id', dialect.idList(ids))} and ${sql.join(conditions, sql` and `)}
    order by p.id`.execute(db)
  return rows.map((row) => row.id)
}

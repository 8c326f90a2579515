// Hashtags that accounts show on their profiles.
import { sql } from 'kysely'
import type { Tag } from '../model/tag.ts'
import type { Db } from './open.ts'

export interface FeaturedTag {
  id: number
  name: string
  displayName: string
  postsCount: number
  /** Milliseconds since 1970; null before the first post. */
  lastPostAt: number | null
}

/** In the order in which they were chosen; at most 100. */
export async function listFeaturedTags(db: Db, accountId: number): Promise<FeaturedTag[]> {
  return db
    .selectFrom('featured_tags as f')
    .innerJoin('tags as t', 't.id', 'f.tag_id')
    .select(['f.id as id', 't.name as name', 't.display_name as displayName'])
    .select(['f.posts_count as postsCount', 'f.last_post_at as lastPostAt'])
    .where('f.account_id', '=', accountId)
    .orderBy('f.id')
    .limit(100)
    .execute()
}

/** Counts the open posts that carry the tag; from then on they are counted as they come. */
export async function insertFeaturedTag(
  db: Db,
  row: { id: number; accountId: number; tagId: number },
): Promise<void> {
  const used = await db
    .selectFrom('post_tags as pt')
    .innerJoin('posts as p', 'p.id', 'pt.post_id')
    .select([sql<number>`count(*)`.as('count'), sql<number | null>`max(p.created_at)`.as('last')])
    .where('pt.tag_id', '=', row.tagId)
    .where('p.account_id', '=', row.accountId)
    .where('p.audience', 'in', ['public', 'unlisted'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('featured_tags')
    .values({
      id: row.id,
      account_id: row.accountId,
      tag_id: row.tagId,
      posts_count: used.count,
      last_post_at: used.last,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteFeaturedTag(db: Db, accountId: number, tagId: number): Promise<void> {
  await db
    .deleteFrom('featured_tags')
    .where('account_id', '=', accountId)
    .where('tag_id', '=', tagId)
    .execute()
}

/** False when the account has no such row. */
export async function deleteFeaturedTagById(db: Db, accountId: number, id: number): Promise<boolean> {
  const result = await db
    .deleteFrom('featured_tags')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Tags of the account's latest posts that it does not feature, the most used first. */
export async function listUsedTags(db: Db, accountId: number, limit: number): Promise<Tag[]> {
  const latest = db
    .selectFrom('posts')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(200)
  return db
    .selectFrom(latest.as('p'))
    .innerJoin('post_tags as pt', 'pt.post_id', 'p.id')
    .innerJoin('tags as t', 't.id', 'pt.tag_id')
    .selectAll('t')
    .where('t.id', 'not in', (eb) =>
      eb.selectFrom('featured_tags').select('tag_id').where('account_id', '=', accountId),
    )
    .groupBy('t.id')
    .orderBy(sql`count(*)`, 'desc')
    .orderBy('t.id')
    .limit(limit)
    .execute()
}

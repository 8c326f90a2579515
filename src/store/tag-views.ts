// Hashtags as readers see them: how much each was used, who follows them.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'
import type { Tag } from '../model/tag.ts'

type Db = Kysely<Tables>

export interface TagDay {
  tag_id: number
  /** Days since 1970. */
  day: number
  uses: number
  accounts: number
}

/** Use per day since `day`, for several tags. */
export async function loadTagDays(db: Db, tagIds: readonly number[], day: number): Promise<TagDay[]> {
  if (tagIds.length === 0) return []
  return db.selectFrom('tag_days').selectAll().where('tag_id', 'in', tagIds).where('day', '>=', day).execute()
}

export async function loadFollowedTags(
  db: Db,
  accountId: number,
  tagIds: readonly number[],
): Promise<Set<number>> {
  if (tagIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('tag_follows')
    .select('tag_id')
    .where('account_id', '=', accountId)
    .where('tag_id', 'in', tagIds)
    .execute()
  return new Set(rows.map((row) => row.tag_id))
}

export async function loadFeaturedTags(
  db: Db,
  accountId: number,
  tagIds: readonly number[],
): Promise<Set<number>> {
  if (tagIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('featured_tags')
    .select('tag_id')
    .where('account_id', '=', accountId)
    .where('tag_id', 'in', tagIds)
    .execute()
  return new Set(rows.map((row) => row.tag_id))
}

export async function pageFollowedTags(
  db: Db,
  accountId: number,
  window: IdWindow,
): Promise<(Tag & { cursor: number })[]> {
  const query = db
    .selectFrom('tag_follows as f')
    .innerJoin('tags as t', 't.id', 'f.tag_id')
    .selectAll('t')
    .select('f.id as cursor')
    .where('f.account_id', '=', accountId)
  return pageOver(query, 'f.id', window)
}

export async function followTag(
  db: Db,
  row: { accountId: number; tagId: number; id: number },
): Promise<void> {
  await db
    .insertInto('tag_follows')
    .values({ account_id: row.accountId, tag_id: row.tagId, id: row.id })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function unfollowTag(db: Db, accountId: number, tagId: number): Promise<void> {
  await db.deleteFrom('tag_follows').where('account_id', '=', accountId).where('tag_id', '=', tagId).execute()
}

/** Tags whose names begin with `prefix`, the lately used first. */
export async function searchTags(db: Db, prefix: string, limit: number, offset: number): Promise<Tag[]> {
  const rows = await db
    .selectFrom('tags')
    .selectAll()
    .where(dialectOf(db).startsWith('name', prefix))
    .where('listable', '=', 1)
    .orderBy(sql`case when name = ${prefix} then 0 else 1 end`)
    .orderBy(sql`coalesce(last_used_at, 0)`, 'desc')
    .orderBy('id')
    .limit(Math.min(200, limit + offset))
    .execute()
  return rows.slice(offset)
}

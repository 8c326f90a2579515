// Looks for what many people share: hashtags, posts and links of the last days.
import { sql } from 'kysely'
import type { Kysely, Updateable } from 'kysely'
import type { CardOfPost } from '../model/post-view.ts'
import type { Tag } from '../model/tag.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { TagsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** At most so many of the latest posts are looked at. */
const MOST_POSTS = 20_000

/** Tags that at least `people` used within the two days up to `day`, those of more people first. */
export async function listTrendingTags(
  db: Db,
  at: { day: number; people: number; limit: number },
): Promise<number[]> {
  const score = sql<number>`sum(case when d.day = ${at.day} then d.accounts * 2 else d.accounts end)`
  const rows = await db
    .selectFrom('tag_days as d')
    .innerJoin('tags as t', 't.id', 'd.tag_id')
    .select(['d.tag_id as id', score.as('score')])
    .where('d.day', '>=', at.day - 1)
    .where('t.usable', '=', 1)
    .where('t.listable', '=', 1)
    .groupBy('d.tag_id')
    .having(sql<boolean>`sum(d.accounts) >= ${at.people}`)
    .orderBy('score', 'desc')
    .orderBy('d.tag_id', 'desc')
    .limit(at.limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Public posts after `afterId` that were liked or boosted, with how often; authors who do not want to be found are left out. */
export async function listPopularPosts(
  db: Db,
  afterId: number,
  limit: number,
): Promise<{ id: number; accountId: number; points: number; publishedAt: number }[]> {
  const latest = db
    .selectFrom('posts')
    .select(['id', 'account_id', 'likes_count', 'boosts_count', 'published_at', 'sensitive'])
    .where('in_public', '=', 1)
    .where('id', '>', afterId)
    .orderBy('id', 'desc')
    .limit(MOST_POSTS)
  return db
    .selectFrom(latest.as('p'))
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['p.id', 'p.account_id as accountId', 'p.published_at as publishedAt'])
    .select(sql<number>`p.likes_count + 2 * p.boosts_count`.as('points'))
    .where(sql<boolean>`p.likes_count + p.boosts_count > 0`)
    .where('p.sensitive', '=', 0)
    .where('a.discoverable', '=', 1)
    .where('a.limited_at', 'is', null)
    .where('a.suspended_at', 'is', null)
    .where('a.deleted_at', 'is', null)
    .orderBy('points', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit)
    .execute()
}

/** Who shared which link in which public post after `afterId`. */
export async function listSharedLinks(
  db: Db,
  afterId: number,
): Promise<{ cardId: number; accountId: number; createdAt: number }[]> {
  return db
    .selectFrom('post_cards as pc')
    .innerJoin('posts as p', 'p.id', 'pc.post_id')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['pc.card_id as cardId', 'p.account_id as accountId', 'p.created_at as createdAt'])
    .where('pc.post_id', '>', afterId)
    .where('p.audience', '=', 'public')
    .where('a.limited_at', 'is', null)
    .where('a.suspended_at', 'is', null)
    .orderBy('pc.post_id', 'desc')
    .limit(MOST_POSTS)
    .execute()
}

export async function findTags(db: Db, ids: readonly number[]): Promise<Tag[]> {
  return ids.length === 0 ? [] : db.selectFrom('tags').selectAll().where('id', 'in', ids).execute()
}

/** The previews themselves, of no post in particular. */
export async function findCards(db: Db, ids: readonly number[]): Promise<CardOfPost[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('cards')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', '=', 'ready')
    .execute()
  return rows.map((row) => ({
    postId: 0,
    id: row.id,
    card: row.card,
    imageKey: row.image_key,
    hasImage: row.image_remote_url !== null,
    updatedAt: row.fetched_at ?? row.created_at,
  }))
}

/** Public posts that show the preview of a link, newest first. */
export async function pageSharing(db: Db, cardId: number, window: IdWindow): Promise<number[]> {
  const query = db
    .selectFrom('post_cards as pc')
    .innerJoin('posts as p', 'p.id', 'pc.post_id')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select('pc.post_id as id')
    .where('pc.card_id', '=', cardId)
    .where('p.audience', '=', 'public')
    .where('a.discoverable', '=', 1)
  return (await pageOver(query, 'pc.post_id', window)).map((row) => row.id)
}

/** Every hashtag, newest first. */
export async function pageTags(db: Db, window: IdWindow): Promise<Tag[]> {
  return pageOver(db.selectFrom('tags').selectAll(), 'id', window)
}

export async function updateTag(db: Db, id: number, change: Updateable<TagsTable>): Promise<void> {
  await db.updateTable('tags').set(change).where('id', '=', id).execute()
}

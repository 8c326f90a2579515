// Posts that wait for their time, as their authors wrote them.
import type { Kysely } from 'kysely'
import type { PostDraft } from '../model/post.ts'
import type { ScheduledPost } from '../model/scheduled-post.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

function read(row: { id: number; account_id: number; params: string; scheduled_at: number }): ScheduledPost {
  return {
    id: row.id,
    accountId: row.account_id,
    draft: JSON.parse(row.params) as PostDraft,
    scheduledAt: row.scheduled_at,
  }
}

export async function pageScheduled(db: Db, accountId: number, window: IdWindow): Promise<ScheduledPost[]> {
  const query = db.selectFrom('scheduled_posts').selectAll().where('account_id', '=', accountId)
  return (await pageOver(query, 'id', window)).map(read)
}

export async function findScheduled(db: Db, id: number): Promise<ScheduledPost | undefined> {
  const row = await db.selectFrom('scheduled_posts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && read(row)
}

export async function insertScheduled(db: Db, post: ScheduledPost, createdAt: number): Promise<void> {
  await db
    .insertInto('scheduled_posts')
    .values({
      id: post.id,
      account_id: post.accountId,
      params: JSON.stringify(post.draft),
      scheduled_at: post.scheduledAt,
      created_at: createdAt,
    })
    .execute()
}

export async function moveScheduled(db: Db, id: number, scheduledAt: number): Promise<void> {
  await db.updateTable('scheduled_posts').set({ scheduled_at: scheduledAt }).where('id', '=', id).execute()
}

export async function rewriteScheduled(db: Db, post: ScheduledPost): Promise<void> {
  await db
    .updateTable('scheduled_posts')
    .set({ params: JSON.stringify(post.draft), scheduled_at: post.scheduledAt })
    .where('id', '=', post.id)
    .execute()
}

export async function deleteScheduled(db: Db, id: number): Promise<void> {
  await db.deleteFrom('scheduled_posts').where('id', '=', id).execute()
}

/** How many wait altogether, and within a time; for limits, so counted up to `most`. */
export async function countScheduled(
  db: Db,
  accountId: number,
  day: { from: number; to: number },
  most: number,
): Promise<{ all: number; onDay: number }> {
  const rows = await db
    .selectFrom('scheduled_posts')
    .select('scheduled_at as at')
    .where('account_id', '=', accountId)
    .limit(most)
    .execute()
  return { all: rows.length, onDay: rows.filter(({ at }) => at >= day.from && at < day.to).length }
}

/** Uploads that no post has are thrown away after a while; that time begins when their post is due. */
export async function holdMedia(
  db: Db,
  accountId: number,
  ids: readonly number[],
  until: number,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('media')
    .set({ created_at: until })
    .where('id', 'in', ids)
    .where('account_id', '=', accountId)
    .where('post_id', 'is', null)
    .execute()
}

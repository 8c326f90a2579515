// What is left of a deleted post in other tables, removed a bounded chunk at a time.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { removePostFromFeeds } from './feed-removal.ts'
import { removeNotificationsAbout } from './notifications.ts'
import { removeVotes } from './polls.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Removes what stands in tables that only hold a row or a few per post. */
export async function removePostParts(db: Db, postId: number): Promise<void> {
  await db.deleteFrom('post_raw').where('post_id', '=', postId).execute()
  await db.deleteFrom('post_edits').where('post_id', '=', postId).execute()
  await db.deleteFrom('post_cards').where('post_id', '=', postId).execute()
  await db.deleteFrom('post_circles').where('post_id', '=', postId).execute()
  await db.deleteFrom('reply_consents').where('post_id', '=', postId).execute()
  await db.deleteFrom('quote_stamps').where('post_id', '=', postId).execute()
  await db.deleteFrom('polls').where('post_id', '=', postId).execute()
  await db.deleteFrom('events').where('post_id', '=', postId).execute()
  await db.deleteFrom('post_tags').where('post_id', '=', postId).execute()
  await db.deleteFrom('post_recipients').where('post_id', '=', postId).execute()
  await db.updateTable('media').set({ post_id: null }).where('post_id', '=', postId).execute()
  await db.updateTable('media').set({ inline_of: null }).where('inline_of', '=', postId).execute()
}

/** Removes up to `limit` rows from each table that many accounts add to; true when nothing is left. */
export async function removePostTraces(db: Db, postId: number, limit: number): Promise<boolean> {
  const removed = [
    await removePostFromFeeds(db, postId, limit),
    await removeNotificationsAbout(db, postId, limit),
    await removeVotes(db, postId, limit),
    await removeReactions(db, postId, limit),
    await removeMarks(db, 'bookmarks', postId, limit),
    await removeMarks(db, 'pins', postId, limit),
    await removeMarks(db, 'event_answers', postId, limit),
    await leaveReplies(db, postId, limit),
    await leaveQuotes(db, postId, limit),
    await removeBoosts(db, postId, limit),
  ]
  return removed.every((count) => count < limit)
}

async function removeReactions(db: Db, postId: number, limit: number): Promise<number> {
  const some = db.selectFrom('reactions').select('id').where('post_id', '=', postId).limit(limit)
  const rows = await db.deleteFrom('reactions').where('id', 'in', some).returning('id').execute()
  return rows.length
}

async function removeMarks(
  db: Db,
  table: 'bookmarks' | 'pins' | 'event_answers',
  postId: number,
  limit: number,
): Promise<number> {
  const some = db.selectFrom(table).select('account_id').where('post_id', '=', postId).limit(limit)
  const rows = await db
    .deleteFrom(table)
    .where('post_id', '=', postId)
    .where('account_id', 'in', some)
    .returning('account_id')
    .execute()
  return rows.length
}

/** Answers stay in their thread, but answer nothing any more. */
async function leaveReplies(db: Db, postId: number, limit: number): Promise<number> {
  const some = db.selectFrom('posts').select('id').where('in_reply_to_id', '=', postId).limit(limit)
  const rows = await db
    .updateTable('posts')
    .set({ in_reply_to_id: null })
    .where('id', 'in', some)
    .returning('id')
    .execute()
  return rows.length
}

async function leaveQuotes(db: Db, postId: number, limit: number): Promise<number> {
  const some = db.selectFrom('posts').select('id').where('quote_of_id', '=', postId).limit(limit)
  const rows = await db
    .updateTable('posts')
    .set({ quote_of_id: null, quote_state: 'deleted' })
    .where('id', 'in', some)
    .returning('id')
    .execute()
  return rows.length
}

/** Boosts go with the post, from the feeds as well. */
async function removeBoosts(db: Db, postId: number, limit: number): Promise<number> {
  const boosts = await db
    .selectFrom('posts')
    .select(['id', 'account_id'])
    .where('boost_of_id', '=', postId)
    .limit(limit)
    .execute()
  if (boosts.length === 0) return 0
  const dialect = dialectOf(db)
  const ids = dialect.idList(boosts.map((boost) => boost.id))
  const authors = dialect.idList(boosts.map((boost) => boost.account_id))
  await db.deleteFrom('feed_entries').where(dialect.idIn('post_id', ids)).execute()
  await db
    .updateTable('accounts')
    .set({ posts_count: sql`case when posts_count > 0 then posts_count - 1 else 0 end` })
    .where(dialect.idIn('id', authors))
    .execute()
  await db.deleteFrom('posts').where(dialect.idIn('id', ids)).execute()
  return boosts.length
}

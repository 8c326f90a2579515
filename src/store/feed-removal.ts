// Takes posts out of feeds: after unfollowing, blocking, deleting, and when feeds grow too long.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Takes an author's posts and boosts out of a reader's home and lists. */
export async function removeAuthorFromFeeds(db: Db, readerId: number, authorId: number): Promise<void> {
  await sql`delete from feed_entries
    where ${ofReader(readerId)} and author_id = ${authorId}`.execute(db)
}

/** Takes others' boosts of an author's posts out of a reader's home and lists. */
export async function removeBoostsOfFromFeeds(db: Db, readerId: number, authorId: number): Promise<void> {
  await sql`delete from feed_entries
    where ${ofReader(readerId)} and boost_of_id is not null and exists (
      select 1 from posts p where p.id = feed_entries.boost_of_id and p.account_id = ${authorId})`.execute(db)
}

function ofReader(readerId: number) {
  return sql`feed_id in (select cast(${readerId} as bigint)
    union all select id from lists where account_id = ${readerId})`
}

/** Takes a post out of feeds, at most `limit` of them; says out of how many. */
export async function removePostFromFeeds(db: Db, postId: number, limit: number): Promise<number> {
  const feeds = db.selectFrom('feed_entries').select('feed_id').where('post_id', '=', postId).limit(limit)
  const rows = await db
    .deleteFrom('feed_entries')
    .where('post_id', '=', postId)
    .where('feed_id', 'in', feeds)
    .returning('feed_id')
    .execute()
  return rows.length
}

/** The next feed with an id above `afterId`. */
export async function nextFeed(db: Db, afterId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('feed_entries')
    .select('feed_id')
    .where('feed_id', '>', afterId)
    .orderBy('feed_id')
    .limit(1)
    .executeTakeFirst()
  return row?.feed_id
}

/** Takes the oldest entries beyond the newest `max` out of one feed, at most `limit`; says how many. */
export async function trimFeed(db: Db, feedId: number, max: number, limit: number): Promise<number> {
  const rows = await sql<{ post_id: number }>`delete from feed_entries
    where feed_id = ${feedId} and post_id in (
      select post_id from feed_entries where feed_id = ${feedId}
      order by post_id desc limit ${limit} offset ${max})
    returning post_id`.execute(db)
  return rows.rows.length
}

/** Puts the latest posts of somebody just followed into the reader's home, at most `limit`, as the follow allows. */
export async function backfillFeed(
  db: Db,
  follow: { readerId: number; authorId: number; limit: number },
): Promise<void> {
  const { readerId, authorId, limit } = follow
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select cast(${readerId} as bigint), recent.id, recent.account_id, recent.boost_of_id
    from (select * from posts where account_id = ${authorId} order by id desc limit ${limit * 10}) recent
      join follows f on f.account_id = ${readerId} and f.target_id = ${authorId} and f.accepted = 1
    where recent.audience in ('public', 'unlisted', 'followers') and recent.in_reply_to_uri is null
      and (recent.boost_of_id is null or f.show_boosts = 1)
      and (f.languages is null or recent.language is null or f.languages like '%"' || recent.language || '"%')
      and (recent.in_reply_to_account_id is null or recent.in_reply_to_account_id in (${authorId}, ${readerId})
        or exists (select 1 from follows rf where rf.account_id = ${readerId}
          and rf.target_id = recent.in_reply_to_account_id and rf.accepted = 1))
      and not exists (select 1 from posts o join blocks b on b.account_id = ${readerId}
        and b.target_id = o.account_id where o.id = recent.boost_of_id)
    order by recent.id desc limit ${limit}
    on conflict do nothing`.execute(db)
}

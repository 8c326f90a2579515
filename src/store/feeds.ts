// Home and list feeds: one row per reader and post, written when posts arrive, so that reading is one range scan.
import { sql } from 'kysely'
import type { Kysely, RawBuilder, SqlBool } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { replyFits, replyFitsList, unwanted } from './feed-rules.ts'
import type { FeedPost } from './feed-rules.ts'
import type { Tables } from './schema.ts'

export type { FeedPost } from './feed-rules.ts'
type Db = Kysely<Tables>

/** Which of the author's followers read it: all, those the post names, or members of the group it went to. */
export type Readers = 'followers' | 'recipients' | 'members'

/** Puts the post into the homes of the author's local followers. */
export async function feedFollowers(db: Db, post: FeedPost, readers: Readers): Promise<void> {
  const reader = sql.ref<number>('f.account_id')
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select f.account_id, ${entry(post)}
    from follows f join users u on u.account_id = f.account_id
    where f.target_id = ${post.authorId} and f.accepted = 1 ${followTerms(post)} ${among(reader, post, readers)}
      and not exists (select 1 from lists l join list_members lm on lm.list_id = l.id
        where l.account_id = f.account_id and l.exclusive = 1 and lm.account_id = ${post.authorId})
      and not ${unwanted(dialectOf(db), reader, post)} ${replyFits(reader, post)} ${notShownLately(reader, post)}
    on conflict do nothing`.execute(db)
}

/** Puts the post into the homes of local people it names, whether or not they follow the author. */
export async function feedRecipients(db: Db, post: FeedPost): Promise<void> {
  const reader = sql.ref<number>('r.account_id')
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select r.account_id, ${entry(post)}
    from post_recipients r join users u on u.account_id = r.account_id
    where r.post_id = ${post.id} and not ${unwanted(dialectOf(db), reader, post)}
    on conflict do nothing`.execute(db)
}

/** Puts the post into the homes of the local members of a group. */
export async function feedMembers(db: Db, post: FeedPost, groupId: number): Promise<void> {
  const reader = sql.ref<number>('m.account_id')
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select m.account_id, ${entry(post)}
    from memberships m join users u on u.account_id = m.account_id
    where m.group_id = ${groupId} and m.accepted = 1 and not ${unwanted(dialectOf(db), reader, post)}
    on conflict do nothing`.execute(db)
}

/** Puts the post into the homes of local people who follow one of its tags. */
export async function feedTagFollowers(db: Db, post: FeedPost, tagIds: readonly number[]): Promise<void> {
  if (tagIds.length === 0) return
  const reader = sql.ref<number>('t.account_id')
  const dialect = dialectOf(db)
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select distinct t.account_id, ${entry(post)}
    from tag_follows t join users u on u.account_id = t.account_id
    where ${dialect.idIn('t.tag_id', dialect.idList(tagIds))} and not ${unwanted(dialectOf(db), reader, post)}
    on conflict do nothing`.execute(db)
}

/** Puts the post into the lists that hold its author. */
export async function feedLists(db: Db, post: FeedPost, readers: Readers): Promise<void> {
  const reader = sql.ref<number>('l.account_id')
  await sql`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select l.id, ${entry(post)}
    from list_members lm join lists l on l.id = lm.list_id
    where lm.account_id = ${post.authorId} and (l.account_id = ${post.authorId} or exists (
        select 1 from follows f where f.account_id = l.account_id and f.target_id = ${post.authorId}
          and f.accepted = 1 ${followTerms(post)}))
      ${among(reader, post, readers)}
      and not ${unwanted(dialectOf(db), reader, post)} ${replyFitsList(post)} ${notShownLately(sql.ref('l.id'), post)}
    on conflict do nothing`.execute(db)
}

const ownEntry = prepared(
  'own feed entry',
  (db, parameter: Parameter<{ id: number; authorId: number; boostOfId: number | null }>) =>
    db
      .insertInto('feed_entries')
      .values({
        feed_id: parameter('authorId'),
        post_id: parameter('id'),
        author_id: parameter('authorId'),
        boost_of_id: parameter('boostOfId'),
      })
      .onConflict((conflict) => conflict.doNothing()),
)

/** Puts the post into its author's own home. */
export async function feedAuthor(db: Db, post: FeedPost): Promise<void> {
  await ownEntry.run(db, { id: post.id, authorId: post.authorId, boostOfId: post.boostOfId })
}

/** The feeds the post stands in, by feed id after `afterId`; lists are told apart from homes. */
export async function listFeedsWith(
  db: Db,
  postId: number,
  afterId: number,
  limit: number,
): Promise<{ feedId: number; isList: boolean }[]> {
  const rows = await db
    .selectFrom('feed_entries as e')
    .leftJoin('lists as l', 'l.id', 'e.feed_id')
    .select(['e.feed_id', 'l.id as list_id'])
    .where('e.post_id', '=', postId)
    .where('e.feed_id', '>', afterId)
    .orderBy('e.feed_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ feedId: row.feed_id, isList: row.list_id !== null }))
}

function entry(post: FeedPost): RawBuilder<unknown> {
  return sql`cast(${post.id} as bigint), cast(${post.authorId} as bigint), cast(${post.boostOfId} as bigint)`
}

/** What the follow itself says: boosts wanted, languages wanted. */
function followTerms(post: FeedPost): RawBuilder<unknown> {
  const boosts = post.boostOfId === null ? sql`` : sql`and f.show_boosts = 1`
  const languages =
    post.language === null
      ? sql``
      : sql`and (f.languages is null or f.languages like ${`%"${post.language}"%`})`
  return sql`${boosts} ${languages}`
}

function among(reader: RawBuilder<number>, post: FeedPost, readers: Readers): RawBuilder<unknown> {
  if (readers === 'recipients') {
    return sql`and exists (select 1 from post_recipients pr
      where pr.post_id = ${post.id} and pr.account_id = ${reader})`
  }
  if (readers === 'members') {
    return sql`and exists (select 1 from memberships gm
      where gm.group_id = ${post.groupId} and gm.account_id = ${reader} and gm.accepted = 1)`
  }
  return sql``
}

/** A boost is left out where the feed lately showed the post itself or another boost of it. */
function notShownLately(feed: RawBuilder<unknown>, post: FeedPost): RawBuilder<SqlBool> {
  if (post.boostOfId === null) return sql<SqlBool>``
  return sql<SqlBool>`and not exists (select 1 from feed_entries e
      where e.feed_id = ${feed} and e.post_id = ${post.boostOfId} and e.post_id >= ${post.lately})
    and not exists (select 1 from feed_entries e
      where e.feed_id = ${feed} and e.boost_of_id = ${post.boostOfId} and e.post_id >= ${post.lately})`
}

// Home and list feeds: one row per reader and post, written when posts arrive, so that reading is one range scan.
import type { Kysely } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { NOTHING, idsIn, rawText, runOn, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import { replyFits, replyFitsList, unwanted } from './feed-rules.ts'
import type { FeedPost } from './feed-rules.ts'
import type { Tables } from './schema.ts'

export type { FeedPost } from './feed-rules.ts'
type Db = Kysely<Tables>

/** Which of the author's followers read it: all, those the post names, or members of the group it went to. */
export type Readers = 'followers' | 'recipients' | 'members'

/** Puts the post into the homes of the author's local followers. */
export async function feedFollowers(db: Db, post: FeedPost, readers: Readers): Promise<void> {
  const reader = rawText('f.account_id')
  await runOn(
    db,
    statement`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select f.account_id, ${entry(post)}
    from follows f join users u on u.account_id = f.account_id
    where f.target_id = ${post.authorId} and f.accepted = 1 ${followTerms(post)} ${among(reader, post, readers)}
      and not exists (select 1 from lists l join list_members lm on lm.list_id = l.id
        where l.account_id = f.account_id and l.exclusive = 1 and lm.account_id = ${post.authorId})
      and not ${unwanted(db, reader, post)} ${replyFits(reader, post)} ${notShownLately(reader, post)}
    on conflict do nothing`,
  )
}

/** Puts the post into the homes of local people it names, whether or not they follow the author. */
export async function feedRecipients(db: Db, post: FeedPost): Promise<void> {
  const reader = rawText('r.account_id')
  await runOn(
    db,
    statement`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select r.account_id, ${entry(post)}
    from post_recipients r join users u on u.account_id = r.account_id
    where r.post_id = ${post.id} and not ${unwanted(db, reader, post)}
    on conflict do nothing`,
  )
}

/** Puts the post into the homes of the local members of a group. */
export async function feedMembers(db: Db, post: FeedPost, groupId: number): Promise<void> {
  const reader = rawText('m.account_id')
  await runOn(
    db,
    statement`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select m.account_id, ${entry(post)}
    from memberships m join users u on u.account_id = m.account_id
    where m.group_id = ${groupId} and m.accepted = 1 and not ${unwanted(db, reader, post)}
    on conflict do nothing`,
  )
}

/** Puts the post into the homes of local people who follow one of its tags. */
export async function feedTagFollowers(db: Db, post: FeedPost, tagIds: readonly number[]): Promise<void> {
  if (tagIds.length === 0) return
  const reader = rawText('t.account_id')
  await runOn(
    db,
    statement`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select distinct t.account_id, ${entry(post)}
    from tag_follows t cross join users u
    where u.account_id = t.account_id and ${idsIn(db, 't.tag_id', tagIds)} and not ${unwanted(db, reader, post)}
    on conflict do nothing`,
  )
}

/** Puts the post into the lists that hold its author. */
export async function feedLists(db: Db, post: FeedPost, readers: Readers): Promise<void> {
  const reader = rawText('l.account_id')
  await runOn(
    db,
    statement`insert into feed_entries (feed_id, post_id, author_id, boost_of_id)
    select l.id, ${entry(post)}
    from list_members lm join lists l on l.id = lm.list_id
    where lm.account_id = ${post.authorId} and (l.account_id = ${post.authorId} or exists (
        select 1 from follows f where f.account_id = l.account_id and f.target_id = ${post.authorId}
          and f.accepted = 1 ${followTerms(post)}))
      ${among(reader, post, readers)}
      and not ${unwanted(db, reader, post)} ${replyFitsList(post)} ${notShownLately(rawText('l.id'), post)}
    on conflict do nothing`,
  )
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

function entry(post: FeedPost): Statement {
  return statement`cast(${post.id} as bigint), cast(${post.authorId} as bigint), cast(${post.boostOfId} as bigint)`
}

/** What the follow itself says: boosts wanted, languages wanted. */
function followTerms(post: FeedPost): Statement {
  const boosts = post.boostOfId === null ? NOTHING : statement`and f.show_boosts = 1`
  const languages =
    post.language === null
      ? NOTHING
      : statement`and (f.languages is null or replace(f.languages, ${`"${post.language}"`}, '') <> f.languages)`
  return statement`${boosts} ${languages}`
}

function among(reader: Statement, post: FeedPost, readers: Readers): Statement {
  if (readers === 'recipients') {
    return statement`and exists (select 1 from post_recipients pr
      where pr.post_id = ${post.id} and pr.account_id = ${reader})`
  }
  if (readers === 'members') {
    return statement`and exists (select 1 from memberships gm
      where gm.group_id = ${post.groupId} and gm.account_id = ${reader} and gm.accepted = 1)`
  }
  return NOTHING
}

/** A boost is left out where the feed lately showed the post itself or another boost of it. */
function notShownLately(feed: Statement, post: FeedPost): Statement {
  if (post.boostOfId === null) return NOTHING
  return statement`and not exists (select 1 from feed_entries e
      where e.feed_id = ${feed} and e.post_id = ${post.boostOfId} and e.post_id >= ${post.lately})
    and not exists (select 1 from feed_entries e
      where e.feed_id = ${feed} and e.boost_of_id = ${post.boostOfId} and e.post_id >= ${post.lately})`
}

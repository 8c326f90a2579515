// The ids of posts in each timeline, a page at a time; every query walks one index and stops at the page's end.
import { sql } from 'kysely'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { joined, NOTHING, rawText, rowsOf, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

const newestOfFeed = prepared(
  'newest of a feed',
  (db, parameter: Parameter<{ feedId: number; below: number; limit: number }>) =>
    db
      .selectFrom('feed_entries')
      .select('post_id as id')
      .where('feed_id', '=', parameter('feedId'))
      .where('post_id', '<', parameter('below'))
      .orderBy('post_id', 'desc')
      .limit(parameter('limit')),
)

/** A materialised feed: an account's home (`feedId` is the account's id) or a list (the list's id). */
export async function pageFeed(db: Db, feedId: number, window: IdWindow): Promise<number[]> {
  const { limit, maxId, minId, sinceId } = window
  if (minId === undefined && sinceId === undefined) {
    const rows = await newestOfFeed.all(db, { feedId, below: maxId ?? Number.MAX_SAFE_INTEGER, limit })
    return rows.map((row) => row.id)
  }
  const query = db.selectFrom('feed_entries').select('post_id as id').where('feed_id', '=', feedId)
  return (await pageOver(query, 'post_id', window)).map((row) => row.id)
}

/** local: by people of this server; remote: by everybody else; all: both. */
export type Reach = 'all' | 'local' | 'remote'

export interface PublicChoice {
  reach: Reach
  onlyMedia: boolean
}

function narrowed<O>(
  query: SelectQueryBuilder<Tables, 'posts', O>,
  choice: PublicChoice,
): SelectQueryBuilder<Tables, 'posts', O> {
  let chosen = query
  if (choice.reach === 'local') chosen = chosen.where('posts.local', '=', 1)
  if (choice.reach === 'remote') chosen = chosen.where('posts.local', '=', 0)
  if (choice.onlyMedia)
    chosen = chosen.where(sql<boolean>`exists (select 1 from media where media.post_id = posts.id)`)
  return chosen
}

export async function pagePublic(db: Db, choice: PublicChoice, window: IdWindow): Promise<number[]> {
  const query = db.selectFrom('posts').select('posts.id as id').where('in_public', '=', 1)
  return (await pageOver(narrowed(query, choice), 'posts.id', window)).map((row) => row.id)
}

export interface TagChoice extends PublicChoice {
  tagIds: readonly number[]
  /** Every one of these as well. */
  allIds: readonly number[]
  noneIds: readonly number[]
}

/** Public posts with any of `tagIds`; a post counts once however many of them it has. */
export async function pageTags(db: Db, choice: TagChoice, window: IdWindow): Promise<number[]> {
  if (choice.tagIds.length === 0) return []
  const query = db
    .selectFrom('post_tags as t')
    .innerJoin('posts', 'posts.id', 't.post_id')
    .select('t.post_id as id')
    .where('t.tag_id', 'in', choice.tagIds)
    .where('posts.audience', '=', 'public')
    .where('posts.boost_of_id', 'is', null) as unknown as SelectQueryBuilder<Tables, 'posts', { id: number }>
  let chosen = narrowed(query, choice)
  for (const id of choice.allIds) chosen = chosen.where(hasTag(id))
  for (const id of choice.noneIds) chosen = chosen.where(sql<boolean>`not ${hasTag(id)}`)
  if (choice.tagIds.length > 1) chosen = chosen.distinct()
  return (await pageOver(chosen, 't.post_id', window)).map((row) => row.id)
}

function hasTag(id: number) {
  return sql<boolean>`exists (select 1 from post_tags x where x.tag_id = ${id} and x.post_id = posts.id)`
}

export interface AccountChoice {
  accountId: number
  onlyMedia: boolean
  withoutReplies: boolean
  withoutBoosts: boolean
  tagId?: number
  /** Audiences that the reader may see at all; undefined: every one (the author). */
  audiences?: readonly string[]
  /** Posts that name this account are shown whatever their audience. */
  namedId?: number
}

/** Which audiences are wanted; their number is part of the statement's text, and there are few. */
function ofAudiences({ audiences, namedId }: AccountChoice): Statement {
  if (audiences === undefined) return NOTHING
  const list = joined(
    audiences.map((audience) => statement`${audience}`),
    ', ',
  )
  if (namedId === undefined) return statement`and posts.audience in (${list})`
  return statement`and (posts.audience in (${list}) or exists
    (select 1 from post_recipients r where r.post_id = posts.id and r.account_id = ${namedId}))`
}

function inWindow({ maxId, minId, sinceId, limit }: IdWindow): Statement {
  const above = minId ?? sinceId
  const below = maxId === undefined ? NOTHING : statement`and posts.id < ${maxId}`
  const beyond = above === undefined ? NOTHING : statement`and posts.id > ${above}`
  const order = rawText(minId === undefined ? 'desc' : 'asc')
  return statement`${below} ${beyond} order by posts.id ${order} limit ${limit}`
}

/** One account's posts, newest first. */
export async function pageAccountPosts(db: Db, choice: AccountChoice, window: IdWindow): Promise<number[]> {
  const { accountId, tagId } = choice
  const replies = statement`and (in_reply_to_id is null or in_reply_to_account_id = ${accountId})
    and in_reply_to_uri is null`
  const tagged =
    tagId === undefined
      ? NOTHING
      : statement`and exists (select 1 from post_tags x where x.tag_id = ${tagId} and x.post_id = posts.id)`
  const rows = await rowsOf<{ id: number }>(
    db,
    statement`select posts.id as id from posts where posts.account_id = ${accountId} ${ofAudiences(choice)}
      ${choice.withoutBoosts ? rawText('and posts.boost_of_id is null') : NOTHING}
      ${choice.withoutReplies ? replies : NOTHING} ${tagged}
      ${choice.onlyMedia ? rawText('and exists (select 1 from media where media.post_id = posts.id)') : NOTHING}
      ${inWindow(window)}`,
  )
  const ids = rows.map((row) => row.id)
  return window.minId === undefined ? ids : ids.toReversed()
}

/** Favourites: `cursor` pages, `id` is the post. */
export interface MarkedPost {
  id: number
  cursor: number
}

export async function pageLiked(db: Db, accountId: number, window: IdWindow): Promise<MarkedPost[]> {
  const query = db
    .selectFrom('reactions')
    .select(['post_id as id', 'reactions.id as cursor'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'like')
  return pageOver(query, 'reactions.id', window)
}

export async function pageBookmarked(db: Db, accountId: number, window: IdWindow): Promise<MarkedPost[]> {
  const query = db
    .selectFrom('bookmarks')
    .select(['post_id as id', 'bookmarks.id as cursor'])
    .where('account_id', '=', accountId)
  return pageOver(query, 'bookmarks.id', window)
}

/** Who liked a post, newest first. */
export async function pageLikers(
  db: Db,
  postId: number,
  window: IdWindow,
): Promise<{ id: number; accountId: number }[]> {
  const query = db
    .selectFrom('reactions')
    .select(['reactions.id as id', 'account_id as accountId'])
    .where('post_id', '=', postId)
    .where('kind', '=', 'like')
  return pageOver(query, 'reactions.id', window)
}

/** Who boosted a post, newest first; cursors are the boosts' ids. */
export async function pageBoosters(
  db: Db,
  postId: number,
  window: IdWindow,
): Promise<{ id: number; accountId: number }[]> {
  const query = db
    .selectFrom('posts')
    .select(['posts.id as id', 'account_id as accountId'])
    .where('boost_of_id', '=', postId)
    .where('audience', 'in', ['public', 'unlisted'])
  return pageOver(query, 'posts.id', window)
}

export async function pageQuotes(db: Db, postId: number, window: IdWindow): Promise<number[]> {
  const query = db
    .selectFrom('posts')
    .select('posts.id as id')
    .where('quote_of_id', '=', postId)
    .where('quote_state', '=', 'accepted')
  return (await pageOver(query, 'posts.id', window)).map((row) => row.id)
}

// Whom somebody might want to follow, and people who want to be found.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** So many of the accounts followed last are asked whom they follow. */
const MOST_FOLLOWED = 100
const MOST_CANDIDATES = 5000

/** Accounts that those whom `accountId` follows follow, the most followed among them first. */
export async function listFriendsOfFriends(db: Db, accountId: number, limit: number): Promise<number[]> {
  const friends = db
    .selectFrom('follows')
    .select('target_id')
    .where('account_id', '=', accountId)
    .where('accepted', '=', 1)
    .orderBy('id', 'desc')
    .limit(MOST_FOLLOWED)
  const theirs = db
    .selectFrom('follows')
    .innerJoin('accounts as friend', 'friend.id', 'follows.account_id')
    .select('follows.target_id')
    .where('follows.account_id', 'in', (eb) => eb.selectFrom(friends.as('f')).select('f.target_id'))
    .where('follows.accepted', '=', 1)
    .where('friend.hide_collections', '=', 0)
    .limit(MOST_CANDIDATES)
  const rows = await db
    .selectFrom(theirs.as('t'))
    .select(['t.target_id as id', sql<number>`count(*)`.as('friends')])
    .groupBy('t.target_id')
    .orderBy('friends', 'desc')
    .orderBy('t.target_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** People of this server who want to be found and posted since `since`, the most followed first. */
export async function listPopularLocals(db: Db, since: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('domain', '=', '')
    .where('discoverable', '=', 1)
    .where('last_post_at', '>', since)
    .orderBy('followers_count', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Those of `ids` that may be suggested to `accountId`: neither known to them, nor hidden, nor away. */
export async function keepSuggestable(
  db: Db,
  accountId: number,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('accounts as a')
    .select('a.id')
    .where('a.id', 'in', ids)
    .where('a.id', '<>', accountId)
    .where('a.kind', '<>', 'application')
    .where('a.discoverable', '=', 1)
    .where('a.moved_to_id', 'is', null)
    .where('a.memorial', '=', 0)
    .where('a.suspended_at', 'is', null)
    .where('a.limited_at', 'is', null)
    .where('a.deleted_at', 'is', null)
    .where(
      sql<boolean>`not exists (select 1 from follows f where f.account_id = ${accountId} and f.target_id = a.id)`,
    )
    .where(
      sql<boolean>`not exists (select 1 from blocks b where b.account_id = ${accountId} and b.target_id = a.id)`,
    )
    .where(
      sql<boolean>`not exists (select 1 from blocks b where b.account_id = a.id and b.target_id = ${accountId})`,
    )
    .where(
      sql<boolean>`not exists (select 1 from mutes m where m.account_id = ${accountId} and m.target_id = a.id)`,
    )
    .where(sql<boolean>`not exists (select 1 from account_domain_blocks d
      where d.account_id = ${accountId} and d.domain = a.domain)`)
    .where(sql<boolean>`not exists (select 1 from suggestions_hidden h
      where h.account_id = ${accountId} and h.target_id = a.id)`)
    .execute()
  return new Set(rows.map((row) => row.id))
}

export async function hideSuggestion(db: Db, accountId: number, targetId: number): Promise<void> {
  await db
    .insertInto('suggestions_hidden')
    .values({ account_id: accountId, target_id: targetId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface DirectoryAsking {
  order: 'active' | 'new'
  localOnly: boolean
  offset: number
  limit: number
}

/** People who want to be found. */
export async function listDirectory(db: Db, asking: DirectoryAsking): Promise<number[]> {
  let query = db
    .selectFrom('accounts')
    .select('id')
    .where('discoverable', '=', 1)
    .where('kind', '<>', 'application')
    .where('moved_to_id', 'is', null)
    .where('suspended_at', 'is', null)
    .where('limited_at', 'is', null)
    .where('deleted_at', 'is', null)
  if (asking.localOnly) query = query.where('domain', '=', '')
  query =
    asking.order === 'new'
      ? query.orderBy('id', 'desc')
      : query.where('last_post_at', 'is not', null).orderBy('last_post_at', 'desc').orderBy('id', 'desc')
  const rows = await query.offset(asking.offset).limit(asking.limit).execute()
  return rows.map((row) => row.id)
}

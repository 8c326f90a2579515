// A user's lists of people, each with a feed of its own.
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { List } from '../model/list.ts'
import type { FollowEdge } from '../model/relation.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { ListsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findList(db: Db, id: number): Promise<List | undefined> {
  return db.selectFrom('lists').selectAll().where('id', '=', id).executeTakeFirst()
}

/** All lists of an account by title; there are at most 50. */
export async function listLists(db: Db, accountId: number): Promise<List[]> {
  return db
    .selectFrom('lists')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('title')
    .orderBy('id')
    .limit(100)
    .execute()
}

/** The account's lists that have this member. */
export async function listListsWith(db: Db, accountId: number, memberId: number): Promise<List[]> {
  return db
    .selectFrom('lists')
    .innerJoin('list_members as m', 'm.list_id', 'lists.id')
    .selectAll('lists')
    .where('lists.account_id', '=', accountId)
    .where('m.account_id', '=', memberId)
    .orderBy('title')
    .limit(100)
    .execute()
}

export async function insertList(db: Db, list: Insertable<ListsTable>): Promise<void> {
  await db.insertInto('lists').values(list).execute()
}

export async function updateList(db: Db, id: number, change: Updateable<ListsTable>): Promise<void> {
  await db.updateTable('lists').set(change).where('id', '=', id).execute()
}

/** Deletes the list with its members and its feed. */
export async function deleteList(db: Db, id: number): Promise<void> {
  await db.deleteFrom('feed_entries').where('feed_id', '=', id).execute()
  await db.deleteFrom('list_members').where('list_id', '=', id).execute()
  await db.deleteFrom('lists').where('id', '=', id).execute()
}

export async function pageListMembers(db: Db, listId: number, window: IdWindow): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('list_members')
    .select(['id', 'account_id as accountId'])
    .where('list_id', '=', listId)
  return pageOver(query, 'id', window)
}

/** True when the account was not a member before. */
export async function insertListMember(
  db: Db,
  listId: number,
  accountId: number,
  id: number,
): Promise<boolean> {
  const result = await db
    .insertInto('list_members')
    .values({ list_id: listId, account_id: accountId, id })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Takes accounts out of a list, and their posts out of its feed. */
export async function deleteListMembers(
  db: Db,
  listId: number,
  accountIds: readonly number[],
): Promise<void> {
  if (accountIds.length === 0) return
  await db
    .deleteFrom('list_members')
    .where('list_id', '=', listId)
    .where('account_id', 'in', accountIds)
    .execute()
  await db
    .deleteFrom('feed_entries')
    .where('feed_id', '=', listId)
    .where('author_id', 'in', accountIds)
    .execute()
}

// Who follows whom, and who asked to.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { FollowEdge } from '../model/relation.ts'
import type { FollowsTable, Tables } from './schema.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'

export type Follow = Selectable<FollowsTable>
type Db = Kysely<Tables>

export async function findFollow(db: Db, accountId: number, targetId: number): Promise<Follow | undefined> {
  return db
    .selectFrom('follows')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .executeTakeFirst()
}

export async function findFollowByUri(db: Db, uri: string): Promise<Follow | undefined> {
  return db.selectFrom('follows').selectAll().where('uri', '=', uri).executeTakeFirst()
}

export async function insertFollow(db: Db, follow: Insertable<FollowsTable>): Promise<void> {
  await db.insertInto('follows').values(follow).execute()
}

export async function updateFollow(
  db: Db,
  accountId: number,
  targetId: number,
  change: Updateable<FollowsTable>,
): Promise<void> {
  await db
    .updateTable('follows')
    .set(change)
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .execute()
}

/** Deletes the follow and returns what it was. */
export async function deleteFollow(db: Db, accountId: number, targetId: number): Promise<Follow | undefined> {
  return db
    .deleteFrom('follows')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .returningAll()
    .executeTakeFirst()
}

/** Followers of an account (or those who asked to, with `accepted` 0), newest first. */
export async function pageFollowers(
  db: Db,
  targetId: number,
  window: IdWindow,
  accepted: 0 | 1 = 1,
): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('follows')
    .select(['follows.id as id', 'follows.account_id as accountId'])
    .where('target_id', '=', targetId)
    .where('accepted', '=', accepted)
  return pageOver(query, 'follows.id', window)
}

/** Whom an account follows, newest first. */
export async function pageFollowing(db: Db, accountId: number, window: IdWindow): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('follows')
    .select(['follows.id as id', 'follows.target_id as accountId'])
    .where('account_id', '=', accountId)
    .where('accepted', '=', 1)
  return pageOver(query, 'follows.id', window)
}

/** How many follow requests wait, counted up to `max`. */
export async function countRequests(db: Db, targetId: number, max: number): Promise<number> {
  const rows = await db
    .selectFrom('follows')
    .select('id')
    .where('target_id', '=', targetId)
    .where('accepted', '=', 0)
    .limit(max)
    .execute()
  return rows.length
}

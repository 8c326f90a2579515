// What strangers want to tell somebody: put aside until that person decides.
import type { Kysely } from 'kysely'
import type { NotificationRequest } from '../model/notification.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

function requests(db: Db, accountId: number) {
  return db
    .selectFrom('notification_requests')
    .select(['id', 'from_id as fromId', 'last_post_id as lastPostId', 'notifications_count as count'])
    .select(['created_at as createdAt', 'updated_at as updatedAt'])
    .where('account_id', '=', accountId)
}

export async function pageRequests(
  db: Db,
  accountId: number,
  window: IdWindow,
): Promise<NotificationRequest[]> {
  return pageOver(requests(db, accountId), 'id', window)
}

export async function findRequests(
  db: Db,
  accountId: number,
  ids: readonly number[],
): Promise<NotificationRequest[]> {
  return ids.length === 0 ? [] : requests(db, accountId).where('id', 'in', ids).execute()
}

/** How many wait, counted up to `most`, and how many notifications they hold. */
export async function countRequests(
  db: Db,
  accountId: number,
  most: number,
): Promise<{ requests: number; notifications: number }> {
  const rows = await requests(db, accountId).limit(most).execute()
  return { requests: rows.length, notifications: rows.reduce((sum, row) => sum + row.count, 0) }
}

/** Everything from these accounts gets through from now on, and what was put aside is shown. */
export async function admitSenders(db: Db, accountId: number, fromIds: readonly number[]): Promise<void> {
  if (fromIds.length === 0) return
  await db
    .insertInto('notification_permissions')
    .values(fromIds.map((fromId) => ({ account_id: accountId, from_id: fromId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .updateTable('notifications')
    .set({ filtered: 0 })
    .where('account_id', '=', accountId)
    .where('from_id', 'in', fromIds)
    .where('filtered', '=', 1)
    .execute()
  await deleteRequests(db, accountId, fromIds)
}

/** What these accounts wanted to tell is thrown away. */
export async function dismissSenders(db: Db, accountId: number, fromIds: readonly number[]): Promise<void> {
  if (fromIds.length === 0) return
  await db
    .deleteFrom('notifications')
    .where('account_id', '=', accountId)
    .where('from_id', 'in', fromIds)
    .where('filtered', '=', 1)
    .execute()
  await deleteRequests(db, accountId, fromIds)
}

async function deleteRequests(db: Db, accountId: number, fromIds: readonly number[]): Promise<void> {
  await db
    .deleteFrom('notification_requests')
    .where('account_id', '=', accountId)
    .where('from_id', 'in', fromIds)
    .execute()
}

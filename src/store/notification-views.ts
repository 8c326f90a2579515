// Notifications as their owner reads them.
import type { Kysely, Selectable } from 'kysely'
import { pageOver } from './paging.ts'
import type { IdWindow } from './paging.ts'
import type { NotificationsTable, Tables } from './schema.ts'

export type Notification = Selectable<NotificationsTable>
type Db = Kysely<Tables>

export interface NotificationChoice {
  accountId: number
  /** Only these kinds; undefined: all. */
  kinds?: readonly string[]
  withoutKinds?: readonly string[]
  fromId?: number
  withFiltered: boolean
}

export async function pageNotifications(
  db: Db,
  choice: NotificationChoice,
  window: IdWindow,
): Promise<Notification[]> {
  let query = db.selectFrom('notifications').selectAll().where('account_id', '=', choice.accountId)
  if (!choice.withFiltered) query = query.where('filtered', '=', 0)
  if (choice.kinds !== undefined)
    query = query.where('kind', 'in', choice.kinds.length === 0 ? [''] : choice.kinds)
  if (choice.withoutKinds !== undefined && choice.withoutKinds.length > 0)
    query = query.where('kind', 'not in', choice.withoutKinds)
  if (choice.fromId !== undefined) query = query.where('from_id', '=', choice.fromId)
  return pageOver(query, 'notifications.id', window)
}

export async function findNotification(
  db: Db,
  accountId: number,
  id: number,
): Promise<Notification | undefined> {
  return db
    .selectFrom('notifications')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

export async function dismissNotification(db: Db, accountId: number, id: number): Promise<void> {
  await db.deleteFrom('notifications').where('account_id', '=', accountId).where('id', '=', id).execute()
}

export async function clearNotifications(db: Db, accountId: number): Promise<void> {
  await db.deleteFrom('notifications').where('account_id', '=', accountId).execute()
}

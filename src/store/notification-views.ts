// Notifications as their owner reads them.
import type { Kysely } from 'kysely'
import type { Notification, NotificationChoice } from '../model/notification.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

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
  const { withoutGroups = [] } = choice
  if (withoutGroups.length > 0)
    query = query.where((eb) =>
      eb.or([eb('group_key', 'is', null), eb('group_key', 'not in', withoutGroups)]),
    )
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

// A group of notifications as the client API shows it, and accounts of which only the picture is shown.
import type * as entity from '../../../contract/entities.ts'
import type { NotificationGroup } from '../../../model/notification.ts'
import { typeOf } from './notification.ts'
import type { NotificationParts } from './notification.ts'
import { dateTime } from './time.ts'

/** `isPage` adds what tells apps how far the page reaches. */
export function writeGroup(
  group: NotificationGroup,
  options: { isPage: boolean; about: Omit<NotificationParts, 'account' | 'status'> },
): entity.NotificationGroup {
  const { row } = group
  return {
    group_key: group.key,
    notifications_count: group.count,
    type: typeOf(row.kind) ?? 'mention',
    most_recent_notification_id: group.newestId,
    ...(options.isPage
      ? {
          page_min_id: String(group.pageMinId),
          page_max_id: String(group.newestId),
          latest_page_notification_at: dateTime(group.newestAt),
        }
      : {}),
    sample_account_ids: group.fromIds.map(String),
    ...(row.post_id === null ? {} : { status_id: String(row.post_id) }),
    ...options.about,
  }
}

export function writePartialAccount(account: entity.Account): entity.PartialAccountWithAvatar {
  const { id, acct, locked, bot, url, avatar, avatar_static, avatar_description } = account
  return { id, acct, locked, bot, url, avatar, avatar_static, avatar_description }
}

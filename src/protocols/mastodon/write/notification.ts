// A notification as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { Notification } from '../../../model/notification.ts'
import { dateTime } from './time.ts'

type Type = entity.Notification['type']

/** Our words for what happened, in theirs; kinds without a word there are told as the nearest one. */
const TYPES: Record<string, Type> = {
  mention: 'mention',
  post: 'status',
  boost: 'reblog',
  follow: 'follow',
  'follow-request': 'follow_request',
  like: 'favourite',
  reaction: 'favourite',
  poll: 'poll',
  edit: 'update',
  quote: 'quote',
  'quote-edit': 'quoted_update',
  event: 'update',
  'sign-up': 'admin.sign_up',
  report: 'admin.report',
  moved: 'follow',
  strike: 'moderation_warning',
  severance: 'severed_relationships',
}

/** Every type that can be told here. */
export const ALL_TYPES: readonly Type[] = [...new Set(Object.values(TYPES))]

export function typeOf(kind: string): Type | undefined {
  return TYPES[kind]
}

/** The kinds behind the types that a client names; unknown types have none. */
export function kindsOf(types: readonly string[]): string[] {
  return Object.keys(TYPES).filter((kind) => types.includes(TYPES[kind] as string))
}

export interface NotificationParts {
  account: entity.Account
  status: entity.Status | undefined
  report?: entity.Report
  event?: entity.RelationshipSeveranceEvent
  moderation_warning?: entity.AccountWarning
}

export function writeNotification(row: Notification, parts: NotificationParts): entity.Notification {
  const { account, status, ...about } = parts
  return {
    id: String(row.id),
    type: typeOf(row.kind) ?? 'mention',
    created_at: dateTime(row.created_at),
    group_key: row.group_key ?? `ungrouped-${row.id}`,
    ...(row.filtered === 1 ? { filtered: true } : {}),
    account,
    ...(status === undefined ? {} : { status }),
    ...about,
  }
}

// Notifications that tell the same are one group, as the server gathers them; what arrives live joins its group.
import type {
  Account,
  GroupedNotificationsResults,
  Notification,
  NotificationGroup,
  Status,
} from '../../contract/entities.ts'

type Details = Pick<NotificationGroup, 'report' | 'event' | 'moderation_warning'>

export interface Group extends Details {
  key: string
  type: Notification['type']
  /** The newest of those who did it. */
  people: readonly Account[]
  /** How many notifications it stands for. */
  count: number
  status: Status | undefined
  /** The newest of them. */
  id: string
  createdAt: string
}

/** As many faces as one line holds. */
const FACES = 8

function details(of: Details): Details {
  return {
    ...(of.report ? { report: of.report } : {}),
    ...(of.event ? { event: of.event } : {}),
    ...(of.moderation_warning ? { moderation_warning: of.moderation_warning } : {}),
  }
}

export function groupsFrom(results: GroupedNotificationsResults): Group[] {
  const accounts = new Map(results.accounts.map((one) => [one.id, one]))
  const statuses = new Map(results.statuses.map((one) => [one.id, one]))
  return results.notification_groups.map((group) => ({
    key: group.group_key,
    type: group.type as Notification['type'],
    people: group.sample_account_ids.flatMap((id) => accounts.get(id) ?? []),
    count: group.notifications_count,
    status: statuses.get(group.status_id ?? ''),
    id: String(group.most_recent_notification_id),
    createdAt: group.latest_page_notification_at ?? '',
    ...details(group),
  }))
}

/** A page of older groups after the ones that are there. */
export function append(groups: readonly Group[], older: readonly Group[]): Group[] {
  const known = new Set(groups.map((group) => group.key))
  return [...groups, ...older.filter((group) => !known.has(group.key))]
}

/** One that arrives: its group comes to the top, with the new face first. */
export function arrive(groups: readonly Group[], one: Notification): Group[] {
  const old = groups.find((group) => group.key === one.group_key)
  if (old?.id === one.id) return [...groups]
  const others = old?.people.filter((account) => account.id !== one.account.id) ?? []
  const fresh: Group = {
    key: one.group_key,
    type: one.type,
    people: [one.account, ...others].slice(0, FACES),
    count: (old?.count ?? 0) + 1,
    status: one.status ?? undefined,
    id: one.id,
    createdAt: one.created_at,
    ...details(one),
  }
  return [fresh, ...groups.filter((group) => group !== old)]
}

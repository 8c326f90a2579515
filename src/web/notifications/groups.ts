// Gathers notifications that tell the same: ten favourites of a post are one line.
import type { Account, Notification, Status } from '../../contract/entities.ts'

export interface Group {
  key: string
  type: Notification['type']
  people: Account[]
  status: Status | undefined
  /** The newest of them. */
  id: string
  createdAt: string
}

const GROUPED = new Set<Notification['type']>(['favourite', 'reblog', 'follow'])
/** Only what happened within a day of each other is one group. */
const SPAN_MS = 86_400_000

function sameGroup(group: Group, one: Notification): boolean {
  if (group.type !== one.type || !GROUPED.has(one.type)) return false
  if (Math.abs(Date.parse(group.createdAt) - Date.parse(one.created_at)) > SPAN_MS) return false
  return one.type === 'follow' || group.status?.id === one.status?.id
}

/** Newest first, as they come; later ones join a group among the last few lines. */
export function groupsOf(notifications: readonly Notification[]): Group[] {
  const groups: Group[] = []
  for (const one of notifications) {
    const group = groups.slice(-12).find((candidate) => sameGroup(candidate, one))
    if (group) {
      if (!group.people.some((account) => account.id === one.account.id)) group.people.push(one.account)
    } else
      groups.push({
        key: one.id,
        type: one.type,
        people: [one.account],
        status: one.status ?? undefined,
        id: one.id,
        createdAt: one.created_at,
      })
  }
  return groups
}

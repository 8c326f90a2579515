// Reads notifications with those of one kind about one thing taken together, newest first.
import type { Notification, NotificationChoice, NotificationGroup } from '../../model/notification.ts'
import type { IdWindow } from '../../model/page.ts'
import { notFound } from '../../model/refusal.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { findMarkers } from '../../store/markers.ts'
import {
  countGroups,
  countUnreadGroups,
  deleteGroup,
  findGroupHead,
  pageGroupAccounts,
  sampleGroups,
} from '../../store/notification-groups.ts'
import { dismissNotification, findNotification, pageNotifications } from '../../store/notification-views.ts'
import type { Db } from '../../store/open.ts'
import type { Context } from '../context.ts'

/** Kinds of which many can be shown as one. */
export const GROUPABLE = ['like', 'reaction', 'boost', 'follow', 'sign-up'] as const

const CHUNK = 200
/** After this many chunks a page ends, even if it is not full. */
const MOST_ROUNDS = 10
const MOST_SAMPLES = 8
const MOST_UNREAD_ROWS = 5000
const ALONE = /^ungrouped-(\d{1,16})$/

export interface GroupAsking {
  choice: NotificationChoice
  groupedKinds: readonly string[]
}

/** A page of groups; its cursors are the newest notifications of its first and last group. */
export async function readGroups(
  ctx: Context,
  asking: GroupAsking,
  window: IdWindow,
): Promise<NotificationGroup[]> {
  const db = ctx.store.read
  const heads = await findHeads(db, asking, window)
  const groups = await complete(db, asking, heads)
  return groups.toSorted((one, other) => other.newestId - one.newestId)
}

function keyOf(row: Notification, groupedKinds: readonly string[]): string {
  return (groupedKinds.includes(row.kind) ? row.group_key : null) ?? `ungrouped-${row.id}`
}

/** One notification of each group that the window holds: the nearest to where the page begins. */
async function findHeads(
  db: Db,
  { choice, groupedKinds }: GroupAsking,
  window: IdWindow,
): Promise<Map<string, Notification>> {
  const heads = new Map<string, Notification>()
  const isAscending = window.minId !== undefined
  const next = { ...window, limit: CHUNK }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const seen = [...heads.keys()].filter((key) => !ALONE.test(key))
    const page = await pageNotifications(db, { ...choice, withoutGroups: seen }, next)
    const rows = isAscending ? page.toReversed() : page
    for (const row of rows) {
      const key = keyOf(row, groupedKinds)
      if (!heads.has(key)) heads.set(key, row)
      if (heads.size >= window.limit) return heads
    }
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return heads
    if (isAscending) next.minId = last.id
    else next.maxId = last.id
  }
  return heads
}

async function complete(
  db: Db,
  { choice }: GroupAsking,
  heads: ReadonlyMap<string, Notification>,
): Promise<NotificationGroup[]> {
  const ids = [...heads.values()].map((row) => row.id)
  const range = {
    accountId: choice.accountId,
    keys: [...heads.keys()].filter((key) => !ALONE.test(key)),
    lowest: Math.min(...ids),
    highest: Math.max(...ids),
    withFiltered: choice.withFiltered,
  }
  const counts = new Map((await countGroups(db, range)).map((count) => [count.key, count]))
  const many = range.keys.filter((key) => (counts.get(key)?.count ?? 0) > 1)
  const samples = Map.groupBy(
    await sampleGroups(db, { ...range, keys: many }, MOST_SAMPLES),
    ({ key }) => key,
  )
  return [...heads].map(([key, row]) => {
    const count = counts.get(key)
    const fromIds = samples.get(key)?.map((sample) => sample.fromId) ?? [row.from_id]
    return {
      key,
      row,
      count: count?.count ?? 1,
      newestId: count?.newestId ?? row.id,
      newestAt: count?.newestAt ?? row.created_at,
      pageMinId: count?.pageMinId ?? row.id,
      fromIds: [...new Set(fromIds)],
    }
  })
}

/** One group by its key; refuses with "not found" when there is none. */
export async function readGroup(ctx: Context, accountId: number, key: string): Promise<NotificationGroup> {
  const db = ctx.store.read
  const id = ALONE.exec(key)?.[1] ?? (await findGroupHead(db, accountId, key))
  const row = id === undefined ? undefined : await findNotification(db, accountId, Number(id))
  if (!row) throw notFound()
  const asking = { choice: { accountId, withFiltered: row.filtered === 1 }, groupedKinds: GROUPABLE }
  const [group] = await complete(db, asking, new Map([[key, row]]))
  if (!group) throw notFound()
  return group
}

/** Who is behind a group, newest first. */
export async function listGroupAccounts(
  ctx: Context,
  owned: { accountId: number; key: string },
  window: IdWindow,
): Promise<FollowEdge[]> {
  const alone = ALONE.exec(owned.key)?.[1]
  if (alone === undefined) return pageGroupAccounts(ctx.store.read, owned.accountId, owned.key, window)
  const row = await findNotification(ctx.store.read, owned.accountId, Number(alone))
  const isAbove = row !== undefined && window.maxId !== undefined && row.id >= window.maxId
  return row && !isAbove ? [{ id: row.id, accountId: row.from_id }] : []
}

/** One that is gone already is no error. */
export async function dismissGroup(ctx: Context, accountId: number, key: string): Promise<void> {
  const alone = ALONE.exec(key)?.[1]
  await ctx.store.write((tx) =>
    alone === undefined ? deleteGroup(tx, accountId, key) : dismissNotification(tx, accountId, Number(alone)),
  )
}

/** How many groups are newer than the reading mark, counted up to `limit`. */
export async function countUnreadOfGroups(ctx: Context, asking: GroupAsking, limit: number): Promise<number> {
  const db = ctx.store.read
  const { choice, groupedKinds } = asking
  const [marker] = await findMarkers(db, choice.accountId, ['notifications'])
  const unread = { afterId: marker?.last_read_id ?? 0, groupedKinds, most: MOST_UNREAD_ROWS }
  return Math.min(limit, await countUnreadGroups(db, choice, unread))
}

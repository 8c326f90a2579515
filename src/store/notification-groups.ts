// Notifications of which many are shown as one: how many, from whom, since when.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { NotificationChoice } from '../model/notification.ts'
import type { FollowEdge } from '../model/relation.ts'
import { joined, NOTHING, rowsOf, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** What is known of one group up to a notification, and within the page that begins at `fromId`. */
export interface GroupCount {
  key: string
  count: number
  newestId: number
  newestAt: number
  /** The oldest notification of the group within the page. */
  pageMinId: number
}

export interface GroupRange {
  accountId: number
  keys: readonly string[]
  /** The oldest and the newest notification of the page. */
  lowest: number
  highest: number
  withFiltered: boolean
}

export async function countGroups(db: Db, range: GroupRange): Promise<GroupCount[]> {
  if (range.keys.length === 0) return []
  const query = db
    .selectFrom('notifications')
    .select((eb) => [
      'group_key as key',
      eb.fn.countAll<number>().as('count'),
      eb.fn.max('id').as('newestId'),
      eb.fn.max('created_at').as('newestAt'),
      sql<number>`min(case when id >= ${range.lowest} then id end)`.as('pageMinId'),
    ])
    .where('account_id', '=', range.accountId)
    .where('group_key', 'in', range.keys)
    .where('id', '<=', range.highest)
    .groupBy('group_key')
  const rows = await (range.withFiltered ? query : query.where('filtered', '=', 0)).execute()
  return rows.map((row) => ({ ...row, key: row.key ?? '' }))
}

/** Who caused the latest notifications of each group, at most `most` of each, newest first; no more of it is looked at. */
export async function sampleGroups(
  db: Db,
  range: GroupRange,
  most: number,
): Promise<{ key: string; fromId: number }[]> {
  if (range.keys.length === 0) return []
  const filtered = range.withFiltered ? NOTHING : statement`and filtered = 0`
  const latest = (key: string): Statement => statement`
    select * from (select id, group_key, from_id from notifications
      where account_id = ${range.accountId} and group_key = ${key} and id <= ${range.highest} ${filtered}
      order by id desc limit ${most}) as recent`
  const blocks = blocksOf(range.keys).map((keys) =>
    rowsOf<Sample>(db, joined(keys.map(latest), ' union all ')),
  )
  const rows = (await Promise.all(blocks)).flat()
  return rows
    .toSorted((one, other) => other.id - one.id)
    .map((row) => ({ key: row.group_key, fromId: row.from_id }))
}

interface Sample {
  id: number
  group_key: string
  from_id: number
}

/** So many groups are asked for in one statement, whose text is then always the same. */
const IN_BLOCK = 20

/** Blocks of the same length; no group has the key that fills the last one up. */
function blocksOf(keys: readonly string[]): string[][] {
  const count = Math.ceil(keys.length / IN_BLOCK)
  return Array.from({ length: count }, (_, block) =>
    Array.from({ length: IN_BLOCK }, (_key, place) => keys[block * IN_BLOCK + place] ?? ''),
  )
}

/** The accounts behind a group; cursors are ids of notifications. */
export async function pageGroupAccounts(
  db: Db,
  accountId: number,
  key: string,
  window: IdWindow,
): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('notifications')
    .select(['id', 'from_id as accountId'])
    .where('account_id', '=', accountId)
    .where('group_key', '=', key)
    .where('filtered', '=', 0)
  return pageOver(query, 'id', window)
}

export async function deleteGroup(db: Db, accountId: number, key: string): Promise<void> {
  await db
    .deleteFrom('notifications')
    .where('account_id', '=', accountId)
    .where('group_key', '=', key)
    .execute()
}

/** The newest notification of a group. */
export async function findGroupHead(db: Db, accountId: number, key: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('notifications')
    .select('id')
    .where('account_id', '=', accountId)
    .where('group_key', '=', key)
    .where('filtered', '=', 0)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Counts groups (and notifications that stand alone) after `afterId`, looking at most at `most` notifications. */
export async function countUnreadGroups(
  db: Db,
  choice: NotificationChoice,
  unread: { afterId: number; groupedKinds: readonly string[]; most: number },
): Promise<number> {
  let latest = db
    .selectFrom('notifications')
    .select(['id', 'kind', 'group_key'])
    .where('account_id', '=', choice.accountId)
    .where('id', '>', unread.afterId)
    .orderBy('id', 'desc')
    .limit(unread.most)
  if (!choice.withFiltered) latest = latest.where('filtered', '=', 0)
  if (choice.kinds !== undefined) latest = latest.where('kind', 'in', ['', ...choice.kinds])
  if (choice.withoutKinds !== undefined) latest = latest.where('kind', 'not in', ['', ...choice.withoutKinds])
  const rows = await latest.execute()
  const grouped = new Set(unread.groupedKinds)
  return new Set(rows.map((row) => (grouped.has(row.kind) ? row.group_key : null) ?? row.id)).size
}

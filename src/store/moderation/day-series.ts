// What happened per day: counted once for days that are over and kept, counted anew for today.
import { sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import { ID_EPOCH } from '../../lib/id.ts'
import type { Tables } from '../schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

export const DAY_MS = 86_400_000

export interface DayRange {
  /** Days since 1970, both included. */
  from: number
  to: number
}

export interface DayValue {
  day: number
  value: number
}

const idDay = (column: string): RawBuilder<number> => sql.raw(`(${column} / 4096 + ${ID_EPOCH}) / ${DAY_MS}`)
const timeDay = (column: string): RawBuilder<number> => sql.raw(`${column} / ${DAY_MS}`)

function idBounds(column: string, { from, to }: DayRange): RawBuilder<boolean> {
  const floor = (day: number): number => Math.max(0, day * DAY_MS - ID_EPOCH) * 4096
  return sql.raw(`${column} >= ${floor(from)} and ${column} < ${floor(to + 1)}`)
}

function timeBounds(column: string, { from, to }: DayRange): RawBuilder<boolean> {
  return sql.raw(`${column} >= ${from * DAY_MS} and ${column} < ${(to + 1) * DAY_MS}`)
}

/** What is counted from rows, each by an index or the order of ids. */
const COUNTS = {
  active_users: (range: DayRange) =>
    sql`select day, count(*) as value from active_days where day >= ${range.from} and day <= ${range.to} group by day`,
  new_users: (range: DayRange) =>
    sql`select ${timeDay('created_at')} as day, count(*) as value from users
      where ${timeBounds('created_at', range)} group by 1`,
  posts: (range: DayRange) =>
    sql`select ${idDay('id')} as day, count(*) as value from posts
      where ${idBounds('id', range)} and local = 1 and boost_of_id is null group by 1`,
  interactions: (range: DayRange) =>
    sql`select day, sum(n) as value from (
        select ${idDay('r.id')} as day, 1 as n from reactions r
          join users u on u.account_id = r.account_id where ${idBounds('r.id', range)}
        union all
        select ${idDay('id')} as day, 1 as n from posts where ${idBounds('id', range)} and local = 1
          and (boost_of_id is not null or in_reply_to_id is not null)
      ) recent group by day`,
  opened_reports: (range: DayRange) =>
    sql`select ${idDay('id')} as day, count(*) as value from reports where ${idBounds('id', range)} group by 1`,
  resolved_reports: (range: DayRange) =>
    sql`select ${timeDay('resolved_at')} as day, count(*) as value from reports
      where resolved_at is not null and ${timeBounds('resolved_at', range)} group by 1`,
  received: (range: DayRange) =>
    sql`select ${timeDay('received_at')} as day, count(*) as value from received_activities
      where ${timeBounds('received_at', range)} group by 1`,
}

/** Counted as it happens. */
const TALLIED = ['delivered', 'undelivered'] as const

export type SeriesKey = keyof typeof COUNTS | (typeof TALLIED)[number]
export const SERIES_KEYS: readonly SeriesKey[] = [
  ...(Object.keys(COUNTS) as (keyof typeof COUNTS)[]),
  ...TALLIED,
]

export async function countDays(db: Db, key: SeriesKey, range: DayRange): Promise<DayValue[]> {
  if (!(key in COUNTS)) return []
  const query = COUNTS[key as keyof typeof COUNTS](range)
  const { rows } = await sql<{ day: number | string; value: number | string }>`${query}`.execute(db)
  return rows.map((row) => ({ day: Number(row.day), value: Number(row.value) }))
}

export async function readDays(db: Db, key: SeriesKey, { from, to }: DayRange): Promise<DayValue[]> {
  return db
    .selectFrom('day_counts')
    .select(['day', 'value'])
    .where('key', '=', key)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
}

export async function keepDays(tx: Tx, key: SeriesKey, values: readonly DayValue[]): Promise<void> {
  if (values.length === 0) return
  await tx
    .insertInto('day_counts')
    .values(values.map(({ day, value }) => ({ day, key, value })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function tally(tx: Tx, key: SeriesKey, day: number, by: number): Promise<void> {
  await tx
    .insertInto('day_counts')
    .values({ day, key, value: by })
    .onConflict((conflict) =>
      conflict.columns(['day', 'key']).doUpdateSet({ value: sql`day_counts.value + ${by}` }),
    )
    .execute()
}

/** Counts deliveries that are over, for the day of `now`. */
export async function tallyDeliveries(
  tx: Tx,
  now: number,
  { delivered, undelivered }: { delivered: number; undelivered: number },
): Promise<void> {
  const day = Math.floor(now / DAY_MS)
  if (delivered > 0) await tally(tx, 'delivered', day, delivered)
  if (undelivered > 0) await tally(tx, 'undelivered', day, undelivered)
}

/** Notes that somebody used the server on a day; once is enough. */
export async function noteActive(tx: Tx, accountId: number, day: number): Promise<void> {
  await tx
    .insertInto('active_days')
    .values({ account_id: accountId, day })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** For those who came on a day of the range: how many were active on which later day. */
export async function countReturns(
  db: Db,
  { from, to }: DayRange,
): Promise<{ cohort: number; day: number; value: number }[]> {
  const { rows } = await sql<{ cohort: number | string; day: number | string; value: number | string }>`
    select ${timeDay('u.created_at')} as cohort, a.day as day, count(*) as value
    from users u join active_days a on a.account_id = u.account_id
    where ${timeBounds('u.created_at', { from, to })} and a.day >= ${from} and a.day <= ${to}
    group by 1, 2`.execute(db)
  return rows.map((row) => ({ cohort: Number(row.cohort), day: Number(row.day), value: Number(row.value) }))
}

/** How many who came within one range were active within another. */
export async function countReturned(db: Db, came: DayRange, active: DayRange): Promise<number> {
  const { rows } = await sql<{ value: number | string }>`
    select count(distinct a.account_id) as value from users u
    join active_days a on a.account_id = u.account_id
    where ${timeBounds('u.created_at', came)} and a.day >= ${active.from} and a.day <= ${active.to}`.execute(
    db,
  )
  return Number(rows[0]?.value ?? 0)
}

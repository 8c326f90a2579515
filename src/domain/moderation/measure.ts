// Numbers for moderators: what happened per day, of what the server is made, and who comes back.
import { findTags } from '../../store/trends.ts'
import {
  countDays,
  countReturned,
  countReturns,
  DAY_MS,
  keepDays,
  readDays,
  SERIES_KEYS,
} from '../../store/moderation/day-series.ts'
import type { DayRange, DayValue, SeriesKey } from '../../store/moderation/day-series.ts'
import { countInstance, readTagDays, shareTag } from '../../store/moderation/server-shares.ts'
import type { InstanceMeasure } from '../../store/moderation/server-shares.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'

export type { DayRange, DayValue }

/** More is not shown at once. */
const MOST_DAYS = 400
const INSTANCE = /^instance_(accounts|media_attachments|reports|statuses|follows|followers)$/

/** Days of a period given in milliseconds, at most the last 400 of it, never beyond today. */
export function rangeOf(ctx: Context, startAt: number, endAt: number): DayRange {
  const today = Math.floor(ctx.clock.now() / DAY_MS)
  const to = Math.min(Math.floor(endAt / DAY_MS), today)
  const from = Math.max(Math.floor(startAt / DAY_MS), to - MOST_DAYS + 1)
  return { from: Math.min(from, to), to }
}

/** Values for every day of the range; finished days are counted once and kept. */
export async function readSeries(ctx: Context, key: SeriesKey, range: DayRange): Promise<DayValue[]> {
  const today = Math.floor(ctx.clock.now() / DAY_MS)
  const known = new Map((await readDays(ctx.store.read, key, range)).map((one) => [one.day, one.value]))
  const days = Array.from({ length: range.to - range.from + 1 }, (_, index) => range.from + index)
  const missing = days.filter((day) => !known.has(day) || (day === today && key in COUNTED))
  const [first, last] = [missing[0], missing.at(-1)]
  if (first !== undefined && last !== undefined && key in COUNTED) {
    const counted = await countDays(ctx.store.read, key, { from: first, to: last })
    for (const day of missing) known.set(day, counted.find((one) => one.day === day)?.value ?? 0)
    const over = missing.filter((day) => day < today).map((day) => ({ day, value: known.get(day) ?? 0 }))
    await ctx.store.write((tx) => keepDays(tx, key, over))
  }
  return days.map((day) => ({ day, value: known.get(day) ?? 0 }))
}

const COUNTED: Record<string, true> = Object.fromEntries(
  SERIES_KEYS.filter((key) => key !== 'delivered' && key !== 'undelivered').map((key) => [key, true]),
)

/** How many were active on days before `before` is counted for good: who it was is about to be forgotten. */
export async function keepActive(ctx: Context, before: number): Promise<void> {
  const end = Math.floor(before / DAY_MS) - 1
  await readSeries(ctx, 'active_users', { from: end - MOST_DAYS + 1, to: end })
}

export interface Measure {
  key: string
  unit: string | null
  total: number
  previousTotal: number | undefined
  days: DayValue[]
}

export interface MeasureWish {
  key: string
  range: DayRange
  /** A hashtag's id or a server's name, for the keys that are about one. */
  about?: string
}

/** Undefined for keys that do not exist, and for those about something that is not named. */
export async function measure(ctx: Context, actor: Actor, wish: MeasureWish): Promise<Measure | undefined> {
  requirePermission(actor, 'view-dashboard')
  const { key, range, about } = wish
  const series = SERIES_KEYS.find((one) => one === key)
  if (series) return measureSeries(ctx, series, range)
  const instance = INSTANCE.exec(key)?.[1] as InstanceMeasure | undefined
  if (instance && about !== undefined) {
    const total = await countInstance(ctx.store.read, instance, about.toLowerCase())
    const unit = instance === 'media_attachments' ? 'bytes' : null
    return { key, unit, total, previousTotal: undefined, days: [] }
  }
  return key.startsWith('tag_') && about !== undefined
    ? measureTag(ctx, key, range, Number(about))
    : undefined
}

async function measureSeries(ctx: Context, key: SeriesKey, range: DayRange): Promise<Measure> {
  const length = range.to - range.from + 1
  const before = { from: range.from - length, to: range.from - 1 }
  const [days, previous] = await Promise.all([readSeries(ctx, key, range), readSeries(ctx, key, before)])
  return { key, unit: null, total: sum(days), previousTotal: sum(previous), days }
}

function sum(days: readonly DayValue[]): number {
  return days.reduce((total, { value }) => total + value, 0)
}

async function measureTag(
  ctx: Context,
  key: string,
  range: DayRange,
  tagId: number,
): Promise<Measure | undefined> {
  const [tag] = Number.isSafeInteger(tagId) ? await findTags(ctx.store.read, [tagId]) : []
  if (!tag || !['tag_accounts', 'tag_uses', 'tag_servers'].includes(key)) return undefined
  if (key === 'tag_servers') {
    const servers = await shareTag(ctx.store.read, 'servers', { id: tagId, range }, 10_000)
    return { key, unit: null, total: servers.length, previousTotal: undefined, days: [] }
  }
  const rows = await readTagDays(ctx.store.read, tagId, range)
  const days = Array.from({ length: range.to - range.from + 1 }, (_, index) => {
    const row = rows.find((one) => one.day === range.from + index)
    const value = key === 'tag_uses' ? row?.uses : row?.accounts
    return { day: range.from + index, value: value ?? 0 }
  })
  return { key, unit: null, total: sum(days), previousTotal: undefined, days }
}

export interface Cohort {
  /** The first day of the day or month in which these people came. */
  day: number
  /** For that and each later period: its first day, how many were there, and the share of all who came. */
  data: { day: number; rate: number; value: number }[]
}

const MOST_COHORTS = 31

/** Periods: every day, or every month by its first day. */
function periods(range: DayRange, frequency: 'day' | 'month'): DayRange[] {
  if (frequency === 'day') {
    const from = Math.max(range.from, range.to - MOST_COHORTS + 1)
    return Array.from({ length: range.to - from + 1 }, (_, index) => ({
      from: from + index,
      to: from + index,
    }))
  }
  const months: DayRange[] = []
  const start = new Date(range.from * DAY_MS)
  for (let month = 0; month < 12; month += 1) {
    const from = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month) / DAY_MS
    const to = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month + 1) / DAY_MS - 1
    if (from > range.to) break
    months.push({ from, to })
  }
  return months
}

export async function measureRetention(
  ctx: Context,
  actor: Actor,
  range: DayRange,
  frequency: 'day' | 'month',
): Promise<Cohort[]> {
  requirePermission(actor, 'view-dashboard')
  const all = periods(range, frequency)
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last) return []
  const whole = { from: first.from, to: last.to }
  const came = await readSeries(ctx, 'new_users', { ...whole, to: Math.min(whole.to, range.to) })
  const returns = frequency === 'day' ? await countReturns(ctx.store.read, whole) : undefined
  const cohorts: Cohort[] = []
  for (const [index, cohort] of all.entries()) {
    const size = sum(came.filter(({ day }) => day >= cohort.from && day <= cohort.to))
    const data: Cohort['data'] = []
    for (const later of all.slice(index)) {
      const value = returns
        ? (returns.find((one) => one.cohort === cohort.from && one.day === later.from)?.value ?? 0)
        : await countReturned(ctx.store.read, cohort, later)
      data.push({ day: later.from, value, rate: size === 0 ? 0 : value / size })
    }
    cohorts.push({ day: cohort.from, data })
  }
  return cohorts
}

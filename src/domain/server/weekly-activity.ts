// How much was going on here, week by week: the running week is counted anew, past ones are as the housekeeping last saw them.
import { countActivity } from '../../store/activity.ts'
import type { Activity } from '../../store/activity.ts'
import { readSettings, writeSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'

export interface Week extends Activity {
  /** Its Monday, midnight UTC, in milliseconds since 1970. */
  begins: number
}

const WEEK_MS = 7 * 86_400_000
/** 1970 began on a Thursday. */
const FIRST_MONDAY_MS = 4 * 86_400_000
const WEEKS = 12
/** Counts of the running week may be this old. */
const KEEP_MS = 10 * 60_000
const NOTHING: Activity = { posts: 0, visitors: 0, joined: 0 }

const known = new WeakMap<object, { at: number; begins: number; activity: Promise<Activity> }>()

function weekOf(ms: number): number {
  return ms - ((((ms - FIRST_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS)
}

const nameOf = (begins: number): string => `activity.${begins / 1000}`

/** Twelve weeks, newest first. */
export async function weeklyActivity(ctx: Context): Promise<Week[]> {
  const begins = weekOf(ctx.clock.now())
  const starts = Array.from({ length: WEEKS }, (_, index) => begins - index * WEEK_MS)
  const kept = await readSettings(ctx.store.read, starts.map(nameOf))
  const running = await runningWeek(ctx, begins)
  return starts.map((start) => {
    const past = kept.get(nameOf(start))
    const activity =
      start === begins ? running : past === undefined ? NOTHING : (JSON.parse(past) as Activity)
    return { begins: start, ...activity }
  })
}

function runningWeek(ctx: Context, begins: number): Promise<Activity> {
  const now = ctx.clock.now()
  const last = known.get(ctx.store)
  if (last?.begins === begins && now - last.at < KEEP_MS && now >= last.at) return last.activity
  const activity = countActivity(ctx.store.read, begins)
  known.set(ctx.store, { at: now, begins, activity })
  activity.catch(() => known.delete(ctx.store))
  return activity
}

/** Once a day: who was here in a week cannot be counted any more when they have come again. */
export async function keepWeek(ctx: Context): Promise<void> {
  const begins = weekOf(ctx.clock.now())
  const activity = await countActivity(ctx.store.read, begins)
  await ctx.store.write((tx) => writeSetting(tx, nameOf(begins), JSON.stringify(activity)))
}

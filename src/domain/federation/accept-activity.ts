// Takes note of an activity from elsewhere and puts its handling off, in one step: each is handled once.
import { insertReceived, pruneReceived } from '../../store/received-activities.ts'
import type { Context } from '../context.ts'
import type { NewJob } from '../ports.ts'

/** `uri` tells activities apart; false, and nothing is done, when one with it arrived before. */
export async function acceptActivity(ctx: Context, uri: string, jobs: readonly NewJob[]): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    if (!(await insertReceived(tx, uri, ctx.clock.now()))) return false
    for (const job of jobs) await ctx.jobs.add(tx, job)
    return true
  })
}

/** Adds a job in a transaction of its own. */
export async function putOff(ctx: Context, job: NewJob): Promise<void> {
  await ctx.store.write((tx) => ctx.jobs.add(tx, job))
}

/** An activity is not sent again after this time: its signature would be too old, and peers give up sooner. */
const KEEP_MS = 14 * 86_400_000
const CHUNK = 1000

/** Forgets old activities, a chunk per transaction. */
export async function forgetActivities(ctx: Context): Promise<void> {
  let forgotten = CHUNK
  while (forgotten === CHUNK)
    forgotten = await ctx.store.write((tx) => pruneReceived(tx, ctx.clock.now() - KEEP_MS, CHUNK))
}

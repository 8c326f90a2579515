// Takes note of an activity from elsewhere and puts its handling off, in one step: each is handled once.
import { insertReceived, pruneReceived } from '../../store/received-activities.ts'
import type { Context } from '../context.ts'
import type { NewJob, Tx } from '../ports.ts'

/** An activity as it arrived: `uri` tells it from others, `jobs` are what is to be done about it later. */
export interface Arrival {
  uri: string
  jobs: readonly NewJob[]
}

/** False, and nothing is done, when an activity with this address arrived before. */
export async function acceptActivity(ctx: Context, arrival: Arrival): Promise<boolean> {
  return ctx.store.write((tx) => noteArrival(ctx, tx, arrival))
}

/** As `acceptActivity`, within a transaction. */
export async function noteArrival(ctx: Context, tx: Tx, { uri, jobs }: Arrival): Promise<boolean> {
  if (!(await insertReceived(tx, uri, ctx.clock.now()))) return false
  for (const job of jobs) await ctx.jobs.add(tx, job)
  return true
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

// What an operator sees of the work that waits, and how work that was given up is tried anew.
import { reviveJob } from '../store/jobs.ts'
import { countDeadJobs, countDeliveries, listDeadJobs, listQueues } from '../store/work-counts.ts'
import type { DeadJob, DeliveryCount, QueueCount } from '../store/work-counts.ts'
import type { Context } from './context.ts'

export interface Chores {
  queues: QueueCount[]
  deliveries: DeliveryCount
  /** How many jobs were given up. */
  dead: number
}

export async function countChores(ctx: Context): Promise<Chores> {
  const db = ctx.store.read
  const [queues, deliveries, dead] = await Promise.all([
    listQueues(db),
    countDeliveries(db, ctx.clock.now()),
    countDeadJobs(db),
  ])
  return { queues, deliveries, dead }
}

/** The latest first. */
export async function listGivenUp(ctx: Context, limit: number): Promise<DeadJob[]> {
  return listDeadJobs(ctx.store.read, limit)
}

/** False when no such job was given up. */
export async function retryOne(ctx: Context, id: number): Promise<boolean> {
  return ctx.store.write((tx) => reviveJob(tx, id, ctx.clock.now()))
}

/** Puts everything back that was given up until now; says how much. */
export async function retryAll(ctx: Context): Promise<number> {
  let count = 0
  let jobs = await listGivenUp(ctx, 200)
  while (jobs.length > 0) {
    const ids = jobs.map((job) => job.id)
    await ctx.store.write(async (tx) => {
      for (const id of ids) if (await reviveJob(tx, id, ctx.clock.now())) count += 1
    })
    jobs = await listGivenUp(ctx, 200)
  }
  return count
}

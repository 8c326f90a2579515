// Counts of what waits: jobs by queue, deliveries, jobs that were given up.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface QueueCount {
  queue: string
  waiting: number
  /** How many of them failed at least once. */
  failed: number
  /** When the first of them was due, in milliseconds since 1970. */
  oldest: number
}

export async function listQueues(db: Db): Promise<QueueCount[]> {
  return db
    .selectFrom('jobs')
    .select((eb) => [
      'queue',
      eb.fn.countAll<number>().as('waiting'),
      sql<number>`sum(case when last_error is null then 0 else 1 end)`.as('failed'),
      eb.fn.min<number>('run_at').as('oldest'),
    ])
    .groupBy('queue')
    .orderBy('queue')
    .execute()
}

export interface DeliveryCount {
  waiting: number
  /** Due for more than ten minutes, and never tried. */
  overdue: number
}

export async function countDeliveries(db: Db, now: number): Promise<DeliveryCount> {
  const row = await db
    .selectFrom('deliveries')
    .select((eb) => [
      eb.fn.countAll<number>().as('waiting'),
      sql<number>`coalesce(sum(case when attempts = 0 and next_at < ${now - 600_000} then 1 else 0 end), 0)`.as(
        'overdue',
      ),
    ])
    .executeTakeFirst()
  return row ?? { waiting: 0, overdue: 0 }
}

export interface DeadJob {
  id: number
  kind: string
  failedAt: number
  error: string
}

/** The latest first. */
export async function listDeadJobs(db: Db, limit: number): Promise<DeadJob[]> {
  const rows = await db
    .selectFrom('dead_jobs')
    .select(['id', 'kind', 'failed_at as failedAt', 'last_error'])
    .orderBy('failed_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ last_error: error, ...row }) => ({ ...row, error: error ?? '' }))
}

export async function countDeadJobs(db: Db): Promise<number> {
  const row = await db
    .selectFrom('dead_jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return row?.count ?? 0
}

// What every queue of one process works with, and the one way a finished or failed job is written down.
import { buryJob, retryJob } from '../../store/jobs.ts'
import type { Job } from '../../store/jobs.ts'
import type { Store } from '../../store/open.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { afterFailure } from './kind.ts'
import type { Kind } from './kind.ts'

/** How a job ended: done, put back for later, or given up. */
export type Outcome = 'done' | 'retried' | 'dead'

export interface Desk {
  store: Store
  clock: Clock
  log: Pick<Log, 'debug' | 'warn' | 'error'>
  /** Told once for every job that ended, with the time its handler took. */
  observe: (job: Job, outcome: Outcome, seconds: number) => void
}

/** Writes down that `job` failed: it is put back, or buried when it has no more tries. */
export async function recordFailure(desk: Desk, kind: Kind, job: Job, error: unknown): Promise<Outcome> {
  const now = desk.clock.now()
  const { runAt, reason } = afterFailure(kind, job, error, now)
  const fields = { job: job.id, kind: job.kind, attempts: job.attempts, error }
  if (runAt === undefined) {
    desk.log.error('a job is given up', fields)
    await desk.store.write((tx) => buryJob(tx, job, reason, now))
    return 'dead'
  }
  desk.log.debug('a job failed and is tried again later', { ...fields, runAt })
  await desk.store.write((tx) => retryJob(tx, job, reason, runAt))
  return 'retried'
}

// Works through a queue job by job: each is held by a lease while its handler, which may use the network, runs.
import { claimJobs, releaseJobs, renewLeases } from '../../store/jobs.ts'
import type { Claim, Job } from '../../store/jobs.ts'
import { recordFailure } from './desk.ts'
import { createFinisher } from './finisher.ts'
import type { Finish } from './finisher.ts'
import type { Desk } from './desk.ts'
import type { Kind } from './kind.ts'

interface Running {
  job: Job
  abort: AbortController
  ended: Promise<void>
}

export interface Singles {
  /** Takes as many jobs as there is room for and starts them; true when there may be more. */
  take(claim: Omit<Claim, 'limit'>): Promise<boolean>
  running(): number
  /** Waits for every job under way. */
  ended(): Promise<void>
  /** Waits at most `patienceMs`, then aborts what still runs and gives its jobs back. */
  stop(patienceMs: number): Promise<void>
}

/** `onEnd` is called after each job, when there is room again. */
export function createSingles(desk: Desk, kinds: ReadonlyMap<string, Kind>, onEnd: () => void): Singles {
  const underWay = new Map<number, Running>()
  const largest = (option: 'concurrency' | 'leaseMs') =>
    Math.max(...[...kinds.values()].map((kind) => kind.options[option]))
  let renewing: NodeJS.Timeout | undefined
  const finish = createFinisher(desk.store)

  const renew = (): void => {
    const jobs = [...underWay.values()].map((running) => running.job)
    const until = desk.clock.now() + largest('leaseMs')
    desk.store
      .write((tx) => renewLeases(tx, jobs, until))
      .catch((error: unknown) => desk.log.warn('leases of running jobs were not renewed', { error }))
  }
  const start = (job: Job): void => {
    const kind = kinds.get(job.kind)
    if (!kind) return
    const abort = new AbortController()
    const ended = runSingle({ desk, finish }, kind, job, abort).finally(() => {
      if (underWay.get(job.id)?.abort === abort) underWay.delete(job.id)
      if (underWay.size === 0) clearInterval(renewing)
      onEnd()
    })
    underWay.set(job.id, { job, abort, ended })
  }
  const allEnded = async (): Promise<void> => {
    await Promise.all([...underWay.values()].map((running) => running.ended))
  }
  return {
    async take(claim) {
      const limit = largest('concurrency') - underWay.size
      if (limit <= 0) return true
      const jobs = await claimJobs(desk.store, { ...claim, limit, leaseMs: largest('leaseMs') })
      if (jobs.length > 0 && underWay.size === 0) renewing = setInterval(renew, largest('leaseMs') / 3)
      for (const job of jobs) start(job)
      return jobs.length === limit
    },
    running: () => underWay.size,
    ended: allEnded,
    async stop(patienceMs) {
      await Promise.race([allEnded(), pause(patienceMs)])
      const left = [...underWay.values()]
      clearInterval(renewing)
      if (left.length === 0) return
      const jobs = left.map((running) => running.job)
      for (const { abort } of left) abort.abort(STOPPING)
      await desk.store.write((tx) => releaseJobs(tx, jobs))
    },
  }
}

const STOPPING = new Error('the server is stopping')

interface Office {
  desk: Desk
  finish: Finish
}

/** Runs one handler to its end and writes down how it ended; never throws. */
async function runSingle(office: Office, kind: Kind, job: Job, abort: AbortController): Promise<void> {
  const { desk } = office
  const began = performance.now()
  try {
    const outcome = await attempt(office, kind, job, abort)
    if (outcome) desk.observe(job, outcome, (performance.now() - began) / 1000)
  } catch (error) {
    desk.log.error('the end of a job could not be written down; its lease will run out', {
      job: job.id,
      error,
    })
  }
}

async function attempt({ desk, finish }: Office, kind: Kind, job: Job, abort: AbortController) {
  try {
    await withTimeout(kind, job, abort)
  } catch (error) {
    // The job was given back; it may be another worker's by now.
    if (error === STOPPING) return undefined
    return recordFailure(desk, kind, job, error)
  }
  if (abort.signal.aborted) return undefined
  const kept = await finish(job)
  if (!kept)
    desk.log.warn('a job ran longer than its lease and may be done twice', { job: job.id, kind: job.kind })
  return 'done' as const
}

/** Gives up waiting when the time is over, also for a handler that does not listen to its signal. */
async function withTimeout(kind: Kind, job: Job, abort: AbortController): Promise<void> {
  if (!('single' in kind.handler)) throw new Error(`${kind.name} is done in batches`)
  const { timeoutMs } = kind.options
  const late = new Error(`the job took longer than ${timeoutMs} ms`)
  const timer = setTimeout(() => abort.abort(late), timeoutMs)
  const aborted = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error), { once: true })
  })
  try {
    await Promise.race([kind.handler.single(job, abort.signal), aborted])
  } finally {
    clearTimeout(timer)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}

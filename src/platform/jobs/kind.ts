// What a kind of job is: its handler, how it is limited, and when a failed one is tried again.
import { Refusal } from '../../model/refusal.ts'
import type { Job } from '../../store/jobs.ts'
import type { Tx } from '../../store/open.ts'

/** Does one job; may use the network. It may run twice for the same job (after a crash), so it is written for that. */
export type SingleHandler = (job: Job, signal: AbortSignal) => Promise<void>

/**
 * Does several jobs inside the transaction that also removes them: all of it happens, or none, exactly once. When it fails,
 * the jobs are handed over one by one, so that one bad job does not hold up the others.
 */
export type BatchHandler = (tx: Tx, jobs: readonly Job[]) => Promise<void>

export type Handler = { single: SingleHandler } | { batch: BatchHandler }

/** Times in milliseconds. A queue holds kinds of one form only; where its kinds differ, the largest value counts. */
export interface KindOptions {
  queue: string
  /** single: how many run at once in this process (4). */
  concurrency?: number
  /** batch: how many share a transaction (50). */
  size?: number
  /** single: a job of a process that died is taken again after this time (60 s); it is renewed while running. */
  leaseMs?: number
  /** single: after this time the signal is aborted and the job counts as failed (5 min). */
  timeoutMs?: number
  /** How often a failing job is tried before it is buried (10). */
  maxAttempts?: number
  /** The pause after the n-th failure (10 s, then three times as long each time, at most 6 h; a quarter is chance). */
  backoffMs?: (attempt: number) => number
}

/** One registered kind with everything decided. */
export interface Kind {
  name: string
  handler: Handler
  options: Required<KindOptions>
}

export function defineKind(name: string, handler: Handler, options: KindOptions): Kind {
  const defaults = {
    concurrency: 4,
    size: 50,
    leaseMs: 60_000,
    timeoutMs: 300_000,
    maxAttempts: 10,
    backoffMs: patience,
  }
  return { name, handler, options: { ...defaults, ...options } }
}

const HOUR = 3_600_000

function patience(attempt: number): number {
  return Math.min(10_000 * 3 ** (attempt - 1), 6 * HOUR) * (0.75 + Math.random() * 0.5)
}

/** What becomes of a job that failed: another try at a time, or none. */
export function afterFailure(
  kind: Kind,
  job: Job,
  error: unknown,
  now: number,
): { runAt?: number; reason: string } {
  const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000)
  if (job.attempts >= kind.options.maxAttempts || isFinal(error)) return { reason }
  return { reason, runAt: Math.round(now + kind.options.backoffMs(job.attempts)) }
}

/** A refusal stays a refusal, unless it speaks of load. */
function isFinal(error: unknown): boolean {
  return error instanceof Refusal && error.code !== 'unavailable' && error.code !== 'too-many'
}

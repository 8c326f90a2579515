// What an answer to a delivery means.
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { readRetryAfter } from './backoff.ts'

/**
 * done: it arrived; gone: the inbox is no more (`forGood`: it said so itself); refused: trying again is useless;
 * later: try again, at `at` where the server named a time. `hostFault` counts against the host as a whole.
 */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'gone'; forGood: boolean }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; reason: string; hostFault: boolean; at?: number }

/** Client errors that may pass: our key could not be fetched just now, the server was busy, the clocks were apart. */
const PASSING = new Set([401, 403, 408, 421, 425])

export function judgeAnswer(
  answer: { status: number; headers: Record<string, string> },
  now: number,
): Outcome {
  const { status } = answer
  const reason = `HTTP ${status}`
  if (status >= 200 && status < 300) return { kind: 'done' }
  if (status === 404 || status === 410) return { kind: 'gone', forGood: status === 410 }
  const at = readRetryAfter(answer.headers['retry-after'], now)
  if (status === 429 || at !== undefined) {
    return { kind: 'later', reason, hostFault: false, at: at ?? now + 60_000 }
  }
  if (status >= 500) return { kind: 'later', reason, hostFault: true }
  if (status < 400 || PASSING.has(status)) return { kind: 'later', reason, hostFault: false }
  return { kind: 'refused', reason }
}

export function judgeError(error: unknown): Outcome {
  if (error instanceof Unreachable) return { kind: 'later', reason: error.safeText, hostFault: true }
  if (error instanceof Refusal) return { kind: 'refused', reason: error.safeText }
  throw error
}

// When a failed delivery is tried again, and how long a server that does not answer is left in peace.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** After this time a delivery is given up. */
export const GIVE_UP_MS = 3 * DAY
/** Failures in a row after which a host is left in peace. */
export const BREAKER_FAILURES = 5
const MAX_RETRY_AFTER = DAY

/** The pause after the n-th failed attempt (1, 2, ...): half a minute at first, at most 8 hours, a quarter of it chance. */
export function retryPause(attempts: number, chance: () => number = Math.random): number {
  const pause = Math.min(30_000 * 2 ** Math.min(attempts - 1, 20), 8 * HOUR)
  return Math.round(pause * (0.875 + chance() * 0.25))
}

/** How long the breaker stays open after `failures` in a row: a minute at first, at most 6 hours; 0 below the threshold. */
export function breakerPause(failures: number, chance: () => number = Math.random): number {
  if (failures < BREAKER_FAILURES) return 0
  const pause = Math.min(MINUTE * 2 ** Math.min(failures - BREAKER_FAILURES, 20), 6 * HOUR)
  return Math.round(pause * (0.875 + chance() * 0.25))
}

/** The time named by a Retry-After header (seconds or a date), within a day from now; undefined when it names none. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.length > 64) return undefined
  const at = /^\s*\d{1,9}\s*$/.test(header) ? now + Number(header) * 1000 : Date.parse(header)
  if (!Number.isFinite(at)) return undefined
  return Math.min(Math.max(at, now + 1000), now + MAX_RETRY_AFTER)
}

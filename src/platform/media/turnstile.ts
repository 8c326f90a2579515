// Lets a few heavy jobs run at once, a bounded number wait, and refuses the rest.
import { Refusal } from '../../model/refusal.ts'

/** Runs a job as soon as there is room; throws Refusal('unavailable') when too many wait already. */
export type Turnstile = <T>(job: () => Promise<T>) => Promise<T>

/** A turnstile with room for `running` jobs at once and `waiting` in line, first come, first served. */
export function turnstile(running: number, waiting: number): Turnstile {
  let active = 0
  const line: (() => void)[] = []
  return async (job) => {
    if (active >= running) {
      if (line.length >= waiting) {
        throw new Refusal(
          'unavailable',
          'Too many media files are being processed. Please try again in a minute.',
        )
      }
      await new Promise<void>((resolve) => {
        line.push(resolve)
      })
    } else {
      active += 1
    }
    try {
      return await job()
    } finally {
      const next = line.shift()
      if (next) next()
      else active -= 1
    }
  }
}

// Counts how often something was done for a key lately, in bounded memory.
import { createLru } from '../../../lib/lru.ts'
import type { Clock } from '../../../domain/ports.ts'

/** Allows `limit` times in any window of `periodMs`, per key; keys long unused are forgotten. */
export interface Allowance {
  /** Takes one; false when none is left in this window. */
  take(key: string): boolean
}

export function createAllowance(clock: Clock, limit: number, periodMs: number): Allowance {
  const windows = createLru<string, { since: number; used: number }>({ max: 10_000 })
  return {
    take(key) {
      const now = clock.now()
      const window = windows.get(key)
      if (!window || now - window.since >= periodMs || now < window.since) {
        windows.set(key, { since: now, used: 1 })
        return true
      }
      window.used += 1
      return window.used <= limit
    },
  }
}

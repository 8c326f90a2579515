// Remembers for a while which addresses led to nothing, so that nobody can make us ask again and again.
import { createLru } from '../../../lib/lru.ts'
import type { Clock } from '../../../domain/ports.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'

/** How long the same failure is answered from memory. */
const REMEMBER_MS = { refusal: 10 * 60_000, unreachable: 30_000 }

export interface FailureMemory {
  /** Throws what the same address led to a while ago. */
  check(url: string): void
  remember(url: string, error: unknown): void
}

export function createFailureMemory(clock: Clock): FailureMemory {
  const failures = createLru<string, { error: Error; until: number }>({ max: 5000 })
  return {
    check(url) {
      const known = failures.get(url)
      if (known && clock.now() < known.until) throw known.error
    },
    remember(url, error) {
      if (error instanceof Refusal) failures.set(url, { error, until: clock.now() + REMEMBER_MS.refusal })
      else if (error instanceof Unreachable)
        failures.set(url, { error, until: clock.now() + REMEMBER_MS.unreachable })
    },
  }
}

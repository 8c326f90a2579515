// Leaves servers that do not answer alone for a while, longer each time.
import { createLru } from '../../../lib/lru.ts'
import type { Clock } from '../../../domain/ports.ts'
import { Unreachable } from '../../../model/refusal.ts'

const FIRST_MS = 5000
const LONGEST_MS = 30 * 60_000

export interface HostPatience {
  /** Throws Unreachable while the host is left alone. */
  check(url: string): void
  failed(url: string): void
  answered(url: string): void
}

export function createHostPatience(clock: Clock): HostPatience {
  const failing = createLru<string, { until: number; failures: number }>({ max: 5000 })
  return {
    check(url) {
      const entry = failing.get(new URL(url).host)
      if (entry && clock.now() < entry.until) throw new Unreachable('That server did not answer a moment ago')
    },
    failed(url) {
      const { host } = new URL(url)
      const failures = (failing.get(host)?.failures ?? 0) + 1
      const wait = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS)
      failing.set(host, { until: clock.now() + wait, failures })
    },
    answered(url) {
      failing.delete(new URL(url).host)
    },
  }
}

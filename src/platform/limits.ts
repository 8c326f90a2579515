// Counts requests per caller and says when someone asks too often.
import { createLru } from '../lib/lru.ts'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often something may be done: `limit` times in every `periodSeconds` (at most 20 days) from the first time on. */
export interface Allowance {
  limit: number
  periodSeconds: number
}

/** Whether this time was allowed, and what is left. `resetAt` in milliseconds since 1970. */
export interface LimitResult {
  allowed: boolean
  limit: number
  remaining: number
  resetAt: number
}

/**
 * Counters by family (`login`, `api`, ...) and key (an account id, a caller's `key`), in the memory of this process.
 * A family belongs to one place in the code; the keys come from outside.
 */
export interface Limits {
  consume: (family: string, key: string, allowance: Allowance) => Promise<LimitResult>
  /** Forgets a counter, as a successful login does with its failures. */
  forget: (family: string, key: string, allowance: Allowance) => Promise<void>
  /** Counters held at present. */
  size: () => number
}

/** No allowance counts longer than a timer of Node can run. */
const longestSeconds = 20 * 24 * 3600

/** Builds the counters. At most `maxKeys` are held; beyond that the one used longest ago is forgotten. */
export const createLimits = ({ maxKeys = 200_000 }: { maxKeys?: number } = {}): Limits => {
  const limiters = new Map<string, RateLimiterMemory>()
  const held = createLru<string, { limiter: RateLimiterMemory; key: string }>({
    max: maxKeys,
    dispose: ({ limiter, key }, _name, reason) => {
      if (reason === 'evict') void limiter.delete(key)
    },
  })

  const limiterFor = (name: string, { limit, periodSeconds }: Allowance): RateLimiterMemory => {
    const known = limiters.get(name)
    if (known) return known
    if (limiters.size >= 1_000) throw new TypeError('Limits are made for a fixed set of families.')
    const fresh = new RateLimiterMemory({
      points: limit,
      duration: Math.min(periodSeconds, longestSeconds),
      keyPrefix: '',
    })
    limiters.set(name, fresh)
    return fresh
  }
  const nameOf = (family: string, { limit, periodSeconds }: Allowance): string =>
    `${family} ${limit}/${periodSeconds}`

  return {
    consume: async (family, key, allowance) => {
      const name = nameOf(family, allowance)
      const limiter = limiterFor(name, allowance)
      const shortKey = key.slice(0, 200)
      held.set(`${name} ${shortKey}`, { limiter, key: shortKey })
      const { limit } = allowance
      try {
        const left = await limiter.consume(shortKey)
        return {
          allowed: true,
          limit,
          remaining: left.remainingPoints,
          resetAt: Date.now() + left.msBeforeNext,
        }
      } catch (left) {
        if (!(left instanceof RateLimiterRes)) throw left
        return { allowed: false, limit, remaining: 0, resetAt: Date.now() + left.msBeforeNext }
      }
    },
    forget: async (family, key, allowance) => {
      const name = nameOf(family, allowance)
      const shortKey = key.slice(0, 200)
      await limiterFor(name, allowance).delete(shortKey)
      held.delete(`${name} ${shortKey}`)
    },
    size: () => held.size,
  }
}

// Counts requests per caller and says when someone asks too often.
import { createLru } from '../lib/lru.ts'
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js'
import type { Signals } from '../store/open.ts'
import { shareCounts } from './limits/shared-counts.ts'
import type { Allowance, Counter } from './limits/shared-counts.ts'

export type { Allowance } from './limits/shared-counts.ts'

/** Whether this time was allowed, and what is left. `resetAt` in milliseconds since 1970. */
export interface LimitResult {
  allowed: boolean
  limit: number
  remaining: number
  resetAt: number
}

/**
 * Counters by family (`login`, `api`, ...) and key (an account id, a caller's `key`), in the memory of this process; the
 * processes of a server tell each other what they counted. A family belongs to one place in the code; the keys come from outside.
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

export interface LimitsOptions {
  /** At most these are held; beyond that the one used longest ago is forgotten. */
  maxKeys?: number
  /** The way to the other processes of this server. */
  signals?: Signals
}

/** Builds the counters. */
export const createLimits = ({ maxKeys = 200_000, signals }: LimitsOptions = {}): Limits => {
  const { held, hold, drop } = createHolder(maxKeys)
  const shared =
    signals &&
    shareCounts(signals, (counter, times) => {
      void (times === 0 ? drop(counter) : hold(counter).limiter.penalty(counter.key, times))
    })

  return {
    consume: async (family, key, allowance) => {
      const counter = { family, key: key.slice(0, 200), allowance }
      const { limiter } = hold(counter)
      shared?.counted(counter)
      const { limit } = allowance
      try {
        const left = await limiter.consume(counter.key)
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
      const counter = { family, key: key.slice(0, 200), allowance }
      await drop(counter)
      shared?.forgotten(counter)
    },
    size: () => held.size,
  }
}

/** The counters in memory, the ones used longest ago going first. */
const createHolder = (maxKeys: number) => {
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
  const hold = ({ family, key, allowance }: Counter): { limiter: RateLimiterMemory; held: string } => {
    const name = nameOf(family, allowance)
    const limiter = limiterFor(name, allowance)
    held.set(`${name} ${key}`, { limiter, key })
    return { limiter, held: `${name} ${key}` }
  }
  const drop = async (counter: Counter): Promise<void> => {
    const { limiter, held: name } = hold(counter)
    await limiter.delete(counter.key)
    held.delete(name)
  }
  return { held, hold, drop }
}

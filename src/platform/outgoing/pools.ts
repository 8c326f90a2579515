// Keeps connections to other servers open for a while, to a bounded number of servers and with a bounded number each.
import { Pool } from 'undici'
import type { buildConnector } from 'undici'
import { Unreachable } from '../../model/refusal.ts'

/** Bounds on what is kept open. */
export interface PoolLimits {
  /** Servers remembered at once. */
  origins: number
  /** Connections to one server. */
  connections: number
  /** Requests to one server that run or wait. */
  requests: number
}

/** Hands out connection pools by origin. */
export interface Pools {
  /** The origin's pool, kept until `release` is called (more than once does no harm). Throws Unreachable when all is busy. */
  take: (origin: string) => { pool: Pool; release: () => void }
  /** Number of origins held. */
  size: () => number
  close: () => Promise<void>
}

interface Held {
  pool: Pool
  active: number
}

/** Builds an empty set of pools over a connector. */
export const createPools = (connect: buildConnector.connector, limits: PoolLimits): Pools => {
  const held = new Map<string, Held>()

  const open = (origin: string): Held => {
    const known = held.get(origin)
    if (known) {
      // Re-inserting keeps the map in order of last use, so the first idle entry is the one to give up.
      held.delete(origin)
      held.set(origin, known)
      return known
    }
    if (held.size >= limits.origins) giveUpOne(held)
    const pool = new Pool(origin, {
      connect,
      connections: limits.connections,
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
      maxHeaderSize: 32_768,
    })
    const fresh = { pool, active: 0 }
    held.set(origin, fresh)
    return fresh
  }

  return {
    take: (origin) => {
      const entry = open(origin)
      if (entry.active >= limits.requests) throw new Unreachable('Too many requests to that server at once.')
      entry.active += 1
      let released = false
      const release = (): void => {
        if (!released) entry.active -= 1
        released = true
      }
      return { pool: entry.pool, release }
    },
    size: () => held.size,
    close: async () => {
      const pools = [...held.values()].map(({ pool }) => pool)
      held.clear()
      await Promise.all(pools.map((pool) => pool.destroy()))
    },
  }
}

const giveUpOne = (held: Map<string, Held>): void => {
  for (const [origin, { pool, active }] of held) {
    if (active > 0) continue
    held.delete(origin)
    pool.close().catch(() => {})
    return
  }
  throw new Unreachable('Too many servers are being called at once.')
}

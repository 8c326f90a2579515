// What a deliverer remembers of the servers it writes to, in memory and in the `hosts` table.
import { createLru } from '../../../lib/lru.ts'
import type { Context } from '../../../domain/context.ts'
import { findHosts } from '../../../domain/federation/deliveries.ts'
import type { SignatureDialect } from '../signing/types.ts'

export interface Peer {
  dialect: SignatureDialect
  /** Whether the dialect was seen to work; else another may be tried once. */
  proven: boolean
  /** No other dialect is tried before this time. */
  noKnockUntil: number
  failures: number
  lastSuccessAt: number
}

export interface Peers {
  get(host: string): Promise<Peer>
  /** Reads several hosts by one statement. */
  load(hosts: readonly string[]): Promise<void>
}

const MAX_PEERS = 5000
const KEEP_MS = 600_000

export function createPeers(ctx: Context): Peers {
  const known = createLru<string, Peer>({ max: MAX_PEERS, ttl: KEEP_MS })
  const load = async (hosts: readonly string[]): Promise<void> => {
    const missing = [...new Set(hosts)].filter((host) => !known.has(host))
    const rows = new Map((await findHosts(ctx.store.read, missing)).map((row) => [row.domain, row]))
    for (const host of missing) {
      const row = rows.get(host)
      known.set(host, {
        dialect: row?.dialect === 'rfc9421' ? 'rfc9421' : 'cavage',
        proven: row?.dialect !== null && row?.dialect !== undefined,
        noKnockUntil: 0,
        failures: row?.failures ?? 0,
        lastSuccessAt: row?.last_success_at ?? 0,
      })
    }
  }
  return {
    load,
    async get(host) {
      await load([host])
      return (
        known.get(host) ?? {
          dialect: 'cavage',
          proven: false,
          noKnockUntil: 0,
          failures: 0,
          lastSuccessAt: 0,
        }
      )
    },
  }
}

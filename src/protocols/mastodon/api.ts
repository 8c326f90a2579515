// What the routes of the client API work with: the domain's context and the machines of this floor.
import type { Context as HonoContext } from 'hono'
import type { MediaContext } from '../../domain/media/machines.ts'
import type { Blobs } from '../../platform/blobs.ts'
import type { Config } from '../../platform/config.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Live } from '../../platform/live.ts'
import type { Outgoing } from '../../platform/outgoing.ts'
import type { TokenSeal } from '../../platform/token-seal.ts'

/** The outcome of counting one call; `resetAt` is milliseconds since 1970. */
export interface Allowance {
  allowed: boolean
  limit: number
  remaining: number
  resetAt: number
}

export interface ApiParts extends MediaContext {
  readonly config: Config
  readonly limits: {
    consume(family: string, key: string, limit: { limit: number; periodSeconds: number }): Promise<Allowance>
  }
  readonly live: Live
  readonly blobs: Blobs
  readonly outgoing: Outgoing
  readonly jobs: Jobs
}

export interface Api extends ApiParts {
  readonly tokenSeal: TokenSeal
  /** The key under which an anonymous caller is counted: its address, for IPv6 its /64. */
  clientKey(c: HonoContext): string
}

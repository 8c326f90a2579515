// What the routes for files work with.
import type { Context as HonoContext } from 'hono'
import type { MediaContext } from '../../domain/media/machines.ts'
import type { Blobs } from '../../platform/blobs.ts'
import type { Config } from '../../platform/config.ts'
import type { Client } from '../../platform/http-server.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Limits } from '../../platform/limits.ts'
import type { Outgoing } from '../../platform/outgoing.ts'

export interface FilesParts extends MediaContext {
  readonly config: Config
  readonly blobs: Blobs
  readonly limits: Pick<Limits, 'consume'>
  readonly outgoing: Outgoing
  readonly jobs: Jobs
}

/** The key under which a caller is counted: its address, for IPv6 its /64. */
export function callerKey(c: HonoContext): string {
  return (c.env as { client?: Client } | undefined)?.client?.key ?? 'unknown'
}

// What the pages work with.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../domain/context.ts'
import type { Client } from '../../platform/http-server.ts'
import type { Config } from '../../platform/config.ts'
import type { Limits } from '../../platform/limits.ts'
import type { Outgoing } from '../../platform/outgoing.ts'

export interface PagesParts extends Context {
  readonly config: Config
  readonly limits: Pick<Limits, 'consume'>
  readonly outgoing: Outgoing
}

export function clientOf(c: HonoContext): Client | undefined {
  return (c.env as { client?: Client } | undefined)?.client
}

/** A path of our own to go on to, never another site's: `/home` unless it is one. */
export function safePath(path: string | undefined): string {
  return path !== undefined && path.length <= 2000 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)
    ? path
    : '/home'
}

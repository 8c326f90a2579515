// A request as it stood on the wire, which is what signatures are made over.
import type { Context as Request } from 'hono'
import type { ServerEnv } from '../../../platform/http-server.ts'
import type { ReceivedRequest } from '../signing/types.ts'
import type { World } from '../world.ts'

/** Our public address with path and query as received, and every header with its duplicates. */
export function receivedParts(
  world: World,
  c: Pick<Request, 'env' | 'req'>,
): Pick<ReceivedRequest, 'url' | 'headers'> {
  const { incoming } = (c.env ?? {}) as Partial<ServerEnv>
  if (incoming) return { url: `${world.config.origin}${incoming.url ?? '/'}`, headers: incoming.rawHeaders }
  const { pathname, search } = new URL(c.req.url)
  return { url: `${world.config.origin}${pathname}${search}`, headers: [...c.req.raw.headers].flat() }
}

// Turns away whoever comes from a network that moderators shut out, before anything else is done.
import type { Hono } from 'hono'
import type { Context } from '../domain/context.ts'
import { ipSeverity } from '../domain/moderation/ip-blocks.ts'
import type { Client } from '../platform/http-server.ts'

/** Add it before every other route. */
export function refuseBlockedNetworks(app: Hono, ctx: Context): void {
  app.use('*', async (c, next) => {
    const address = (c.env as { client?: Client } | undefined)?.client?.address
    if (address !== undefined && (await ipSeverity(ctx, address)) === 'no_access')
      return c.json({ error: 'Nobody can come here from your network' }, 403)
    return next()
  })
}

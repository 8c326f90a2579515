// What machines that watch over the server ask: is it well, and what has it done.
import type { Context as HonoContext } from 'hono'
import { checkHealth } from '../../domain/check-health.ts'
import type { Context } from '../../domain/context.ts'
import type { Client } from '../../platform/http-server.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Protocol } from '../protocol.ts'

export interface OperationsParts extends Context {
  readonly metrics: Metrics
}

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
const LOOPBACK = /^(127\.|::1$)/

/** Metrics tell of the inside, so only this machine gets them; a collector elsewhere goes through the operator's proxy. */
function isFromHere(c: HonoContext): boolean {
  const client = clientOf(c)
  return client !== undefined && LOOPBACK.test(client.address)
}

function clientOf(c: HonoContext): Client | undefined {
  return (c.env as { client?: Client } | undefined)?.client
}

export function createOperations(parts: OperationsParts): Protocol {
  return {
    name: 'operations',
    routes(server) {
      server.get('/health', async () => {
        try {
          await checkHealth(parts)
          return new Response('OK', { headers: PLAIN })
        } catch (error) {
          parts.log.error({ error }, 'the database does not answer')
          return new Response('The database does not answer', { status: 503, headers: PLAIN })
        }
      })
      // How the caller looks from here: shows whether a proxy in front passes on what it should.
      server.get('/health/caller', (c) => {
        const { address, protocol, host } = clientOf(c) ?? { address: '', protocol: 'http', host: '' }
        return Response.json({ address, protocol, host }, { headers: { 'cache-control': 'no-store' } })
      })
      server.get('/metrics', async (c) => {
        if (!isFromHere(c)) return new Response('Not found', { status: 404, headers: PLAIN })
        return new Response(await parts.metrics.text(), {
          headers: { 'content-type': parts.metrics.contentType },
        })
      })
    },
  }
}

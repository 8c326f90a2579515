// The addresses that activities are sent to.
import type { Hono } from 'hono'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import type { Reach } from '../remote/resolve.ts'
import type { World } from '../world.ts'
import { createReceive, statusOf } from './receive.ts'
import type { Env, Receive } from './receive.ts'

/** The shared inbox, each account's own, and that of the server's account. */
export function inboxRoutes(server: Hono, world: World, reach: Reach): void {
  const receive = createReceive(world, reach)
  const app = server as unknown as Hono<Env>
  app.post('/inbox', (c) => answer(world, () => receive(c)))
  app.post('/actor/inbox', (c) => answer(world, () => receive(c)))
  app.post('/users/:name/inbox', (c) => answer(world, () => receive(c, c.req.param('name'))))
}

async function answer(world: World, work: () => ReturnType<Receive>): Promise<Response> {
  try {
    await work()
    return new Response(null, { status: 202 })
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    world.metrics?.inbox('other', 'refused')
    world.log.debug({ error }, 'a delivery was not accepted')
    const retry: Record<string, string> = error instanceof Unreachable ? { 'retry-after': '300' } : {}
    return Response.json({ error: error.safeText }, { status: statusOf(error), headers: retry })
  }
}

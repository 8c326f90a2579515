// Counts that the server tells about itself, at most ten minutes old.
import { loadServerFacts } from '../../store/server-facts.ts'
import type { ServerFacts } from '../../store/server-facts.ts'
import type { Context } from '../context.ts'

export function readServerFacts(ctx: Context): Promise<ServerFacts> {
  return loadServerFacts(ctx.store.read, ctx.clock.now())
}

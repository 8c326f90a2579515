// What this server tells about itself: its size, its rules, whom to write to.
import { loadServerFacts } from '../../store/server-facts.ts'
import type { ServerFacts } from '../../store/server-facts.ts'
import type { Context } from '../context.ts'

export type { ServerFacts }

/** Counts are at most ten minutes old. */
export function serverFacts(ctx: Context): Promise<ServerFacts> {
  return loadServerFacts(ctx.store.read, ctx.clock.now())
}

// What each fact sets off: the one list of who is told, worked inside one transaction per batch of facts.
import type { Fact } from '../model/facts.ts'
import type { Context } from './context.ts'
import type { Tx } from './ports.ts'

/**
 * One teller. It only reads and writes rows (never the network: for that it adds a job) and may run twice for the same fact,
 * so its effects are idempotent. Streaming goes through `afterCommit` of the store.
 */
export type Teller = (ctx: Context, tx: Tx, fact: Fact) => Promise<void>

/** Tells one fact to every teller, in order. */
export async function tellFact(ctx: Context, tx: Tx, fact: Fact, tellers: readonly Teller[]): Promise<void> {
  for (const teller of tellers) await teller(ctx, tx, fact)
}

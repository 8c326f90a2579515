// Writes a fact in the transaction of the rows it speaks of; its consequences follow soon after the commit.
import type { Fact } from '../model/facts.ts'
import type { Context } from './context.ts'
import type { Tx } from './ports.ts'

/** The queue that facts wait in until `consequences` has told them. */
export const FACTS_QUEUE = 'facts'

export async function recordFact(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  await ctx.jobs.add(tx, { queue: FACTS_QUEUE, kind: fact.type, payload: fact })
}

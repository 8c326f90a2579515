// Writes a fact in the transaction of the rows it speaks of; its consequences follow soon after the commit.
import type { Fact, FactType } from '../model/facts.ts'
import type { Context } from './context.ts'
import { forgetReaders, readersTouchedBy } from './posts/reader-memory.ts'
import type { Tx } from './ports.ts'

/** The queue that facts wait in until `consequences` has told them. */
export const FACTS_QUEUE = 'facts'

/** Every type of fact; the compiler refuses the list when one is missing. */
const EVERY: Record<FactType, true> = {
  'account-created': true,
  'account-updated': true,
  'account-deleted': true,
  'account-suspended': true,
  'account-unsuspended': true,
  'account-moved': true,
  'follow-requested': true,
  'follow-accepted': true,
  'follow-rejected': true,
  'follow-undone': true,
  'block-added': true,
  'block-removed': true,
  'post-published': true,
  'post-edited': true,
  'post-deleted': true,
  'post-boosted': true,
  'boost-undone': true,
  'post-pinned': true,
  'post-unpinned': true,
  'reaction-added': true,
  'reaction-undone': true,
  'poll-voted': true,
  'poll-ended': true,
  'event-answered': true,
  'quote-settled': true,
  'reply-settled': true,
  'report-filed': true,
  'strike-given': true,
  'media-described': true,
}

export const FACT_TYPES: readonly FactType[] = Object.keys(EVERY) as FactType[]

export async function recordFact(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  const touched = readersTouchedBy(fact)
  if (touched !== undefined) forgetReaders(ctx, tx, touched)
  await ctx.jobs.add(tx, { queue: FACTS_QUEUE, kind: fact.type, payload: fact })
}

// Ends the open streams of people who may no longer use the server.
import type { Fact } from '../../model/facts.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REVOKED_CHANNEL } from './tokens.ts'

/** Once the transaction is committed; for whatever shuts somebody out without taking the tokens back. */
export function endStreamsOf(ctx: Context, tx: Tx, accountId: number): void {
  afterCommit(tx, () => ctx.live.publish(REVOKED_CHANNEL, { accountId }))
}

/** Suspensions and deletions, also by another process. */
export function endStreams(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type === 'account-suspended' || fact.type === 'account-deleted')
    endStreamsOf(ctx, tx, fact.accountId)
  return Promise.resolve()
}

// Ends the open streams of people who may no longer use the server.
import type { Fact } from '../../model/facts.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { REVOKED_CHANNEL } from './tokens.ts'

export function endStreams(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type === 'account-suspended' || fact.type === 'account-deleted') {
    const { accountId } = fact
    afterCommit(tx, () => ctx.live.publish(REVOKED_CHANNEL, { accountId }))
  }
  return Promise.resolve()
}

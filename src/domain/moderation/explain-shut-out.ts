// Tells somebody suspended or frozen what happened, why, and what can still be done.
import type { Strike } from '../../model/moderation.ts'
import { findRemoval } from '../../store/moderation/account-list.ts'
import type { Context } from '../context.ts'
import type { SignedIn } from '../sign-in/sign-in.ts'
import { APPEAL_MS, listOwnStrikes } from './appeal-strike.ts'

export interface ShutOut {
  kind: 'suspend' | 'disable'
  /** What the moderators did and wrote; undefined when it was done on the command line. */
  strike: Strike | undefined
  /** Whether they can be asked to look again. */
  canAppeal: boolean
  /** When the data are deleted for good. */
  removedAt: number | undefined
}

export async function explainShutOut(ctx: Context, { account }: SignedIn): Promise<ShutOut> {
  const kind = account.suspended_at === null ? 'disable' : 'suspend'
  const strikes = await listOwnStrikes(ctx, account.id, { limit: 40 })
  const strike = strikes.find(({ row }) => row.action === kind && row.overruled_at === null)
  const isFresh = strike !== undefined && strike.row.created_at >= ctx.clock.now() - APPEAL_MS
  return {
    kind,
    strike,
    canAppeal: isFresh && strike.appeal === undefined,
    removedAt: kind === 'suspend' ? await findRemoval(ctx.store.read, account.id) : undefined,
  }
}

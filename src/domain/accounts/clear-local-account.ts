// Clears away what a deleted account of this server left: posts, follows, reactions and everything it kept.
import { findAccount } from '../../store/accounts.ts'
import { removeOwnRows } from '../../store/local-accounts.ts'
import type { Context } from '../context.ts'
import type { DomainJob } from '../posts/post-jobs.ts'
import { clearDeeds } from './clear-deeds.ts'

export const CLEAR_LOCAL_ACCOUNT = 'clear-local-account'
export const LOCAL_ACCOUNTS_QUEUE = 'local-accounts'
const ROWS = 200

/** The job about deleted accounts of this server. */
export const localAccountJobs: readonly DomainJob[] = [
  {
    kind: CLEAR_LOCAL_ACCOUNT,
    queue: LOCAL_ACCOUNTS_QUEUE,
    run: (ctx, payload) => clearLocalAccount(ctx, (payload as { accountId: number }).accountId),
  },
]

/** Works in chunks until nothing is left, and goes on where it was when it is run again; never touches an account that lives. */
export async function clearLocalAccount(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account || account.domain !== '' || account.deleted_at === null) return
  await clearDeeds(ctx, accountId)
  let isDone = false
  while (!isDone) isDone = await ctx.store.write((tx) => removeOwnRows(tx, accountId, ROWS))
}

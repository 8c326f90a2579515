// Ends an account of another server: at once for readers, then its rows in chunks.
import { findAccount, findByUri, updateAccount } from '../../store/accounts.ts'
import { insertTombstone } from '../../store/post-rows.ts'
import { removeTies } from '../../store/remote-accounts.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { clearDeeds } from './clear-deeds.ts'

export const CLEAR_ACCOUNT = 'clear-account'
export const ACCOUNTS_QUEUE = 'accounts'

/** The account is gone for everybody at once; a job clears its rows away. False when it is unknown or was gone already. */
export async function removeRemoteAccount(ctx: Context, uri: string): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const account = await findByUri(tx, uri)
    if (!account || account.domain === '' || account.deleted_at !== null) return false
    await updateAccount(tx, account.id, {
      deleted_at: ctx.clock.now(),
      name: '',
      note: '',
      fields: '[]',
      avatar_remote_url: null,
      header_remote_url: null,
      inbox: null,
      shared_inbox: null,
      raw: null,
    })
    await insertTombstone(tx, uri, ctx.clock.now())
    await recordFact(ctx, tx, { type: 'account-deleted', accountId: account.id, uri })
    await ctx.jobs.add(tx, {
      queue: ACCOUNTS_QUEUE,
      kind: CLEAR_ACCOUNT,
      payload: { accountId: account.id },
      key: `${CLEAR_ACCOUNT}-${account.id}`,
    })
    return true
  })
}

/** Clears away all that is left; never touches an account that lives. */
export async function clearAccount(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account || account.domain === '' || account.deleted_at === null) return
  await clearDeeds(ctx, accountId)
  await ctx.store.write((tx) => removeTies(tx, accountId))
}

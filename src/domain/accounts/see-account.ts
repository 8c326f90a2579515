// Finds an account for somebody who wants to look at it or act on it.
import type { Account } from '../../model/account.ts'
import { notFound } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import type { Context } from '../context.ts'

/** The account, or "not found" when it is absent or deleted. */
export async function seeAccount(ctx: Context, id: number): Promise<Account> {
  const account = await findAccount(ctx.store.read, id)
  if (!account || account.deleted_at !== null) throw notFound()
  return account
}

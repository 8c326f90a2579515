// Whether an account may be seen: people who have not confirmed their address, or wait for approval, are not here yet.
import type { Account } from '../../model/account.ts'
import { findUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

/** True for accounts of other servers and for those without a person behind them. */
export async function isLetIn(ctx: Context, account: Pick<Account, 'id' | 'domain'>): Promise<boolean> {
  if (account.domain !== '') return true
  const user = await findUser(ctx.store.read, account.id)
  return user === undefined || (user.confirmed_at !== null && user.approved_at !== null)
}

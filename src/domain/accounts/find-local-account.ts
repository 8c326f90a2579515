// Finds the account that an operator names, or says that there is none.
import { Refusal } from '../../model/refusal.ts'
import { findByHandle } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import { findUser } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'

/** A person of this server by name, with or without `@`. Throws Refusal `not-found`. */
export async function findLocalAccount(
  ctx: Context,
  name: string,
): Promise<{ account: Account; user: User }> {
  const username = name.trim().replace(/^@/, '')
  const account = await findByHandle(ctx.store.read, username, '')
  const user = account && (await findUser(ctx.store.read, account.id))
  if (!account || !user || account.deleted_at !== null)
    throw new Refusal('not-found', `There is no account ${username} on this server`)
  return { account, user }
}

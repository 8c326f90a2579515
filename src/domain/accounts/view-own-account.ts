// Shows people their own account, with what only its owner sees.
import type { OwnAccountView } from '../../model/account-view.ts'
import { notFound } from '../../model/refusal.ts'
import { countRequests } from '../../store/follows.ts'
import { findUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { viewAccounts } from './view-accounts.ts'

const MOST_REQUESTS = 40

export async function viewOwnAccount(ctx: Context, id: number): Promise<OwnAccountView> {
  const db = ctx.store.read
  const view = (await viewAccounts(db, [id])).get(id)
  const user = await findUser(db, id)
  if (!view || !user) throw notFound()
  return { view, user, requests: await countRequests(db, id, MOST_REQUESTS) }
}

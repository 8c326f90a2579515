// Loads accounts with all that moderators see of them, many at once in a fixed number of statements.
import type { ModeratedAccount } from '../../model/moderation.ts'
import type { IdWindow } from '../../model/page.ts'
import { notFound } from '../../model/refusal.ts'
import { findInviters } from '../../store/invites.ts'
import { listAddresses, pageAccounts } from '../../store/moderation/account-list.ts'
import type { AccountChoice } from '../../store/moderation/account-list.ts'
import { findUsers } from '../../store/users.ts'
import { viewAccounts } from '../accounts/view-accounts.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'

export type { AccountChoice } from '../../store/moderation/account-list.ts'
export { ACCOUNT_STATUSES } from '../../store/moderation/account-list.ts'

/** By id; accounts that do not exist are absent. */
export async function viewModerated(
  ctx: Context,
  ids: readonly number[],
): Promise<Map<number, ModeratedAccount>> {
  const db = ctx.store.read
  const wanted = [...new Set(ids)]
  const [views, users, addresses] = await Promise.all([
    viewAccounts(db, wanted),
    findUsers(db, wanted),
    listAddresses(db, wanted),
  ])
  const inviters = await findInviters(
    db,
    users.flatMap((user) => user.invite_id ?? []),
  )
  const byId = new Map(users.map((user) => [user.account_id, user]))
  const byPerson = Map.groupBy(addresses, (one) => one.accountId)
  return new Map(
    [...views].map(([id, view]) => {
      const user = byId.get(id)
      const inviteId = user?.invite_id ?? undefined
      const invitedBy = inviteId === undefined ? undefined : inviters.get(inviteId)
      return [id, { view, user, addresses: byPerson.get(id) ?? [], invitedBy }]
    }),
  )
}

export async function findModerated(ctx: Context, id: number): Promise<ModeratedAccount> {
  const found = (await viewModerated(ctx, [id])).get(id)
  if (!found || found.view.account.deleted_at !== null || found.view.account.kind === 'application')
    throw notFound()
  return found
}

/** Newest first. */
export async function listModerated(
  ctx: Context,
  actor: Actor,
  choice: AccountChoice,
  window: IdWindow,
): Promise<{ ids: number[]; accounts: ModeratedAccount[] }> {
  requirePermission(actor, 'manage-users')
  const ids = await pageAccounts(ctx.store.read, choice, window)
  const views = await viewModerated(ctx, ids)
  return { ids, accounts: ids.flatMap((id) => views.get(id) ?? []) }
}

// Says who of those whom somebody follows also follows an account.
import { findAccounts } from '../../store/accounts.ts'
import { listFamiliarFollowers } from '../../store/endorsements.ts'
import type { Context } from '../context.ts'

const MOST = 40

/** For each of the accounts that exist; nobody for those that hide their followers. */
export async function familiarFollowers(
  ctx: Context,
  viewerId: number,
  ids: readonly number[],
): Promise<{ id: number; followerIds: number[] }[]> {
  const db = ctx.store.read
  const accounts = new Map((await findAccounts(db, ids)).map((account) => [account.id, account]))
  const found: { id: number; followerIds: number[] }[] = []
  for (const id of new Set(ids)) {
    const account = accounts.get(id)
    if (!account || account.deleted_at !== null) continue
    const isHidden = account.hide_collections === 1 || account.suspended_at !== null
    found.push({ id, followerIds: isHidden ? [] : await listFamiliarFollowers(db, viewerId, id, MOST) })
  }
  return found
}

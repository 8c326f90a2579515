// Loads accounts with all that a wire needs to show them, many at once.
import { findAccounts } from '../../store/accounts.ts'
import { findEmojis } from '../../store/custom-emojis.ts'
import { findUsers } from '../../store/users.ts'
import type { Db } from '../../store/open.ts'
import type { AccountView } from '../../model/account-view.ts'
import type { Account, Role } from '../../model/account.ts'
import { settingsOf } from '../../model/user.ts'
import type { CustomEmoji } from '../../model/custom-emoji.ts'

/** The views by id; ids that do not exist are absent. */
export async function viewAccounts(db: Db, ids: readonly number[]): Promise<Map<number, AccountView>> {
  const wanted = [...new Set(ids)]
  const accounts = await findAccounts(db, wanted)
  const movedIds = accounts.flatMap((account) => (account.moved_to_id === null ? [] : [account.moved_to_id]))
  const missing = movedIds.filter((id) => !wanted.includes(id))
  const others = await findAccounts(db, missing)
  const all = [...accounts, ...others]
  const emojis = await loadEmojis(db, all)
  const localIds = all.filter((account) => account.domain === '').map((account) => account.id)
  const users = new Map((await findUsers(db, localIds)).map((user) => [user.account_id, user]))
  const views = new Map<number, AccountView>()
  for (const account of all) {
    const user = users.get(account.id)
    views.set(account.id, {
      account,
      emojis: emojiIds(account).flatMap((id) => emojis.get(id) ?? []),
      role: user?.role as Role | undefined,
      settings: user && settingsOf(user),
      moved: undefined,
    })
  }
  for (const account of accounts) {
    const view = views.get(account.id)
    const target = account.moved_to_id === null ? undefined : views.get(account.moved_to_id)
    if (view && target) view.moved = { ...target, moved: undefined }
  }
  for (const id of missing) views.delete(id)
  return views
}

function emojiIds(account: Account): number[] {
  return account.emoji_ids === '[]' ? [] : (JSON.parse(account.emoji_ids) as number[])
}

async function loadEmojis(db: Db, accounts: readonly Account[]): Promise<Map<number, CustomEmoji>> {
  const ids = [...new Set(accounts.flatMap(emojiIds))]
  return new Map((await findEmojis(db, ids)).map((emoji) => [emoji.id, emoji]))
}

// Suggests whom somebody might want to follow: friends of friends first, then people who are popular here.
import {
  hideSuggestion as hide,
  keepSuggestable,
  listDirectory,
  listFriendsOfFriends,
  listPopularLocals,
} from '../../store/suggestions.ts'
import type { DirectoryAsking } from '../../store/suggestions.ts'
import { findAccount } from '../../store/accounts.ts'
import type { Context } from '../context.ts'

export interface Suggested {
  accountId: number
  isFriendOfFriend: boolean
}

const MOST = 200
const ACTIVE_MS = 90 * 86_400_000

export async function suggestAccounts(
  ctx: Context,
  accountId: number,
  slice: { offset: number; limit: number },
): Promise<Suggested[]> {
  const db = ctx.store.read
  const friends = await listFriendsOfFriends(db, accountId, MOST)
  const locals = await listPopularLocals(db, ctx.clock.now() - ACTIVE_MS, MOST)
  const ids = [...new Set([...friends, ...locals])]
  const wanted = await keepSuggestable(db, accountId, ids)
  const isFriend = new Set(friends)
  return ids
    .filter((id) => wanted.has(id))
    .slice(slice.offset, slice.offset + slice.limit)
    .map((id) => ({ accountId: id, isFriendOfFriend: isFriend.has(id) }))
}

/** The account is not suggested again; one that does not exist is no error. */
export async function hideSuggestion(ctx: Context, accountId: number, targetId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    if (await findAccount(tx, targetId)) await hide(tx, accountId, targetId)
  })
}

/** People who want to be found. */
export async function readDirectory(ctx: Context, asking: DirectoryAsking): Promise<number[]> {
  return listDirectory(ctx.store.read, asking)
}

// Makes lists and puts people into them; a list shows people that its owner follows.
import type { Context } from '../context.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccounts } from '../../store/accounts.ts'
import { findFollow } from '../../store/follows.ts'
import { deleteListMembers, insertList, insertListMember, listLists } from '../../store/lists.ts'
import type { List } from '../../model/list.ts'

const MOST_LISTS = 50

export async function createList(
  ctx: Context,
  accountId: number,
  wish: Pick<List, 'title' | 'replies_policy' | 'exclusive'>,
): Promise<List> {
  const list: List = { ...wish, id: ctx.ids.next(), account_id: accountId, created_at: ctx.clock.now() }
  await ctx.store.write(async (tx) => {
    if ((await listLists(tx, accountId)).length >= MOST_LISTS)
      throw new Refusal('invalid', `You can have at most ${MOST_LISTS} lists`)
    await insertList(tx, list)
  })
  return list
}

/** All or none: refuses people whom the owner does not follow, and those who are in the list already. */
export async function addToList(ctx: Context, list: List, accountIds: readonly number[]): Promise<void> {
  await ctx.store.write(async (tx) => {
    const accounts = await findAccounts(tx, accountIds)
    if (accounts.length < new Set(accountIds).size) throw notFound()
    for (const account of accounts) {
      const isFollowed =
        account.id === list.account_id || (await findFollow(tx, list.account_id, account.id)) !== undefined
      if (!isFollowed)
        throw new Refusal('invalid', 'Validation failed: You need to follow an account to add it to a list')
      if (!(await insertListMember(tx, list.id, account.id, ctx.ids.next())))
        throw new Refusal('invalid', 'Validation failed: Account has already been taken')
    }
  })
}

export async function removeFromList(ctx: Context, list: List, accountIds: readonly number[]): Promise<void> {
  await ctx.store.write((tx) => deleteListMembers(tx, list.id, accountIds))
}

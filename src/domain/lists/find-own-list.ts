// Finds a list for its owner.
import type { List } from '../../model/list.ts'
import { notFound } from '../../model/refusal.ts'
import { findList } from '../../store/lists.ts'
import type { Context } from '../context.ts'

/** Whether the list exists and belongs to the account. */
export async function ownsList(ctx: Context, accountId: number, listId: number): Promise<boolean> {
  return (await findList(ctx.store.read, listId))?.account_id === accountId
}

/** The list, or "not found" when it is absent or somebody else's. */
export async function findOwnList(ctx: Context, accountId: number, listId: number): Promise<List> {
  const list = await findList(ctx.store.read, listId)
  if (list?.account_id !== accountId) throw notFound()
  return list
}

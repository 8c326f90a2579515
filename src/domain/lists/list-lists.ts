// Lists somebody's lists of people, by title.
import type { List } from '../../model/list.ts'
import { listLists as listListRows, listListsWith as listListRowsWith } from '../../store/lists.ts'
import type { Context } from '../context.ts'

export async function listLists(ctx: Context, accountId: number): Promise<List[]> {
  return listListRows(ctx.store.read, accountId)
}

/** Those that have this member. */
export async function listListsWith(ctx: Context, accountId: number, memberId: number): Promise<List[]> {
  return listListRowsWith(ctx.store.read, accountId, memberId)
}

// Deletes a list with its timeline; the people in it stay followed.
import type { List } from '../../model/list.ts'
import { deleteList as deleteListRows } from '../../store/lists.ts'
import type { Context } from '../context.ts'

export async function deleteList(ctx: Context, list: List): Promise<void> {
  await ctx.store.write((tx) => deleteListRows(tx, list.id))
}

// Changes a list's title and rules.
import type { List } from '../../model/list.ts'
import { updateList } from '../../store/lists.ts'
import type { Context } from '../context.ts'

/** Gives the list as it is then. */
export async function editList(
  ctx: Context,
  list: List,
  change: Pick<List, 'title' | 'replies_policy' | 'exclusive'>,
): Promise<List> {
  await ctx.store.write((tx) => updateList(tx, list.id, change))
  return { ...list, ...change }
}

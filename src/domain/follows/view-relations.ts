// Shows how somebody stands to other accounts.
import type { Relation } from '../../model/relation.ts'
import { loadRelations } from '../../store/relations.ts'
import type { Context } from '../context.ts'

/** One for each of `ids`, in their order. */
export async function viewRelations(
  ctx: Context,
  viewerId: number,
  ids: readonly number[],
): Promise<Relation[]> {
  const relations = await loadRelations(ctx.store.read, viewerId, ids, ctx.clock.now())
  return [...relations.values()]
}

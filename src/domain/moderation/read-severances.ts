// Reads which follows people lost, by id, for those who were told of them.
import { findSeverances } from '../../store/moderation/severances.ts'
import type { SeveranceRow } from '../../model/moderation.ts'
import type { Context } from '../context.ts'

export async function loadSeverances(
  ctx: Context,
  ids: readonly number[],
): Promise<Map<number, SeveranceRow>> {
  return new Map((await findSeverances(ctx.store.read, ids)).map((row) => [row.id, row]))
}

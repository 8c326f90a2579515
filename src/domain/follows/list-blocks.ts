// Lists whom an account blocks, newest first.
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageBlocks } from '../../store/relations.ts'
import type { Context } from '../context.ts'

export async function listBlocks(ctx: Context, accountId: number, window: IdWindow): Promise<FollowEdge[]> {
  return pageBlocks(ctx.store.read, accountId, window)
}

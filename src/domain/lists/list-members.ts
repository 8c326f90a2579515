// Lists who is in a list, the last added first.
import type { List } from '../../model/list.ts'
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageListMembers } from '../../store/lists.ts'
import type { Context } from '../context.ts'

export async function listMembers(ctx: Context, list: List, window: IdWindow): Promise<FollowEdge[]> {
  return pageListMembers(ctx.store.read, list.id, window)
}

// Lists who asked to follow an account and waits for an answer, newest first.
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageFollowers } from '../../store/follows.ts'
import type { Context } from '../context.ts'

export async function listFollowRequests(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<FollowEdge[]> {
  return pageFollowers(ctx.store.read, accountId, window, 0)
}

// Lists whom an account mutes now, newest first, with when each mute ends.
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageMutes } from '../../store/relations.ts'
import type { Context } from '../context.ts'

/** `expiresAt` null: until unmuted. */
export async function listMutes(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<(FollowEdge & { expiresAt: number | null })[]> {
  return pageMutes(ctx.store.read, accountId, window, ctx.clock.now())
}

// Reads the posts that an account keeps on top of its profile, the last pinned first.
import type { Account } from '../../model/account.ts'
import type { PostView } from '../../model/post-view.ts'
import { listPins } from '../../store/pins.ts'
import type { Context } from '../context.ts'
import { wantedPosts } from './read-timeline.ts'

/** More pins than anybody here may have; other servers may allow some more. */
const MOST_PINS = 40

export async function pinnedPosts(
  ctx: Context,
  viewerId: number | undefined,
  account: Account,
): Promise<PostView[]> {
  if (account.suspended_at !== null) return []
  const db = ctx.store.read
  const pins = await listPins(db, account.id, MOST_PINS)
  return wantedPosts(db, { viewerId, now: ctx.clock.now() }, pins)
}

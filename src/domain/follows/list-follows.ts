// Lists who follows an account and whom it follows, unless the account hides that.
import type { Account } from '../../model/account.ts'
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import { pageFollowers, pageFollowing } from '../../store/follows.ts'
import type { Context } from '../context.ts'

/** Whose follows are looked at, and who looks. */
export interface FollowsOf {
  account: Account
  viewerId: number | undefined
}

/** Newest first; nothing for suspended accounts and for those that hide their follows from others. */
export async function listFollowers(ctx: Context, of: FollowsOf, window: IdWindow): Promise<FollowEdge[]> {
  return isHidden(of) ? [] : pageFollowers(ctx.store.read, of.account.id, window)
}

/** As `listFollowers`: whom the account follows. */
export async function listFollowing(ctx: Context, of: FollowsOf, window: IdWindow): Promise<FollowEdge[]> {
  return isHidden(of) ? [] : pageFollowing(ctx.store.read, of.account.id, window)
}

function isHidden({ account, viewerId }: FollowsOf): boolean {
  return account.suspended_at !== null || (account.hide_collections === 1 && account.id !== viewerId)
}

// Completes what is shown of an account of another server: its counts, and the posts it keeps on top.
import { findAccount, updateAccount } from '../../store/accounts.ts'
import type { Context } from '../context.ts'
import { setReceivedPins } from '../posts/pin-post.ts'

export interface Completion {
  followers?: number
  following?: number
  posts?: number
  /** Its pinned posts, first shown first; undefined leaves them. */
  pinnedIds?: readonly number[]
}

/** Notes that the account is complete now. Only the account's own open posts are pinned. */
export async function completeAccount(ctx: Context, accountId: number, found: Completion): Promise<void> {
  await ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account || account.domain === '' || account.deleted_at !== null) return
    await updateAccount(tx, accountId, {
      ...(found.followers === undefined ? {} : { followers_count: found.followers }),
      ...(found.following === undefined ? {} : { following_count: found.following }),
      ...(found.posts === undefined ? {} : { posts_count: found.posts }),
      completed_at: ctx.clock.now(),
    })
  })
  if (found.pinnedIds !== undefined) await setReceivedPins(ctx, accountId, found.pinnedIds)
}

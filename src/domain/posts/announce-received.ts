// Decides whether a post from elsewhere is news: news goes to homes and notifications, the rest is only found.
import type { NewPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { indexPost } from './index-post.ts'

/** What was fetched is news for this long after it was published; what was delivered late, longer. */
const NEWS_MS = { fetched: 6 * 3_600_000, delivered: 7 * 86_400_000 }

export async function announceReceived(
  ctx: Context,
  tx: Tx,
  post: NewPost,
  isFetched: boolean,
): Promise<void> {
  const age = ctx.clock.now() - post.published_at
  if (age <= (isFetched ? NEWS_MS.fetched : NEWS_MS.delivered)) {
    await recordFact(ctx, tx, {
      type: 'post-published',
      postId: post.id,
      accountId: post.account_id,
      boostOfId: null,
    })
  } else {
    await indexPost(tx, post.id)
  }
}

// Decides whether a post from elsewhere is news: news goes to homes and notifications, the rest is only found.
import type { Author } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { indexPost } from './index-post.ts'

/** What was fetched is news for this long after it was published; what was delivered late, longer. */
const NEWS_MS = { fetched: 6 * 3_600_000, delivered: 7 * 86_400_000 }

export async function announceReceived(
  ctx: Context,
  tx: Tx,
  received: { id: number; publishedAt: number; author: Author },
  isFetched: boolean,
): Promise<void> {
  const { id, author } = received
  const age = ctx.clock.now() - received.publishedAt
  if (age <= (isFetched ? NEWS_MS.fetched : NEWS_MS.delivered)) {
    await recordFact(ctx, tx, {
      type: 'post-published',
      postId: id,
      accountId: author.id,
      boostOfId: null,
    })
    return
  }
  const post = await findPost(tx, id)
  if (post) await indexPost(tx, post, author)
}

// Tells an author whom one of their posts went to.
import type { SizedCircle } from '../../model/circle.ts'
import type { Post } from '../../model/post.ts'
import { notFound } from '../../model/refusal.ts'
import { listCirclesOfPost } from '../../store/circles.ts'
import { pageRecipients } from '../../store/recipients.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'

export interface PostAudience {
  post: Post
  circles: SizedCircle[]
  /** Accounts that the post names or that a circle held when it was posted; the first hundred. */
  recipientIds: number[]
}

const MOST_SHOWN = 100

/** "Not found" for everybody but the author. */
export async function readAudience(ctx: Context, accountId: number, postId: number): Promise<PostAudience> {
  const db = ctx.store.read
  const post = await findPost(db, postId)
  if (!post || post.account_id !== accountId || post.boost_of_id !== null) throw notFound()
  return {
    post,
    circles: await listCirclesOfPost(db, postId),
    recipientIds: await pageRecipients(db, postId, MOST_SHOWN),
  }
}

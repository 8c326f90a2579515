// Marks posts with media as sensitive for their author, as an edit that other servers get too.
import { lockPost, updatePost } from '../../store/posts.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { keepSnapshot, takeSnapshot } from './snapshot.ts'

/** Posts of others, without media, or covered already are passed over. */
export async function coverPosts(ctx: Context, authorId: number, postIds: readonly number[]): Promise<void> {
  for (const postId of postIds)
    await ctx.store.write(async (tx) => {
      const post = await lockPost(tx, postId)
      if (!post || post.account_id !== authorId || post.sensitive === 1) return
      if ((await listMediaOf(tx, postId)).length === 0) return
      // The version history of another server's post is that server's.
      if (post.local === 0) return updatePost(tx, postId, { sensitive: 1 })
      await keepSnapshot(ctx, tx, post, await takeSnapshot(tx, post))
      await updatePost(tx, postId, { sensitive: 1, edited_at: ctx.clock.now() })
      await recordFact(ctx, tx, { type: 'post-edited', postId, accountId: authorId })
    })
}

// Changes who may quote a post from now on; quotes that exist stay as they are.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import type { QuotePolicy } from '../../model/post.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { lockPost, updatePost } from '../../store/posts.ts'
import type { Context } from '../context.ts'

/** Only own posts; those that are not for everybody can be quoted by nobody. */
export async function setQuotePolicy(
  ctx: Context,
  accountId: number,
  postId: number,
  policy: QuotePolicy,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const post = await lockPost(tx, postId)
    if (!post || post.account_id !== accountId || post.boost_of_id !== null) throw notFound()
    if (!isOpen(post.audience as Audience) && policy !== 'nobody')
      throw new Refusal('invalid', 'Only public and unlisted posts can be quoted')
    await updatePost(tx, postId, { quote_policy: policy })
  })
}

// Decides whether a post may quote another, and whether its author must be asked first.
import { mayAsk, mayUnasked } from '../../model/approval.ts'
import type { Approval } from '../../model/approval.ts'
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Post, PostDraft, QuoteState } from '../../model/post.ts'
import { followsAccepted } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { findRaw } from '../../store/post-rows.ts'
import type { Context } from '../context.ts'
import { seeOriginal } from './see-post.ts'

/** The quoted post as its author may see it, with the state the quote starts in; undefined when nothing is quoted. */
export async function placeQuote(
  ctx: Context,
  author: Author,
  draft: PostDraft,
): Promise<{ post: Post; state: QuoteState } | undefined> {
  if (draft.quoteOfId === undefined) return undefined
  const post = await seeOriginal(ctx.store.read, author, draft.quoteOfId)
  if (post.account_id === author.id) {
    if (!isOpen(post.audience as Audience) && isOpen(draft.audience)) {
      throw new Refusal('forbidden', 'Your own private post can only be quoted privately')
    }
    return { post, state: 'accepted' }
  }
  if (!isOpen(post.audience as Audience)) throw new Refusal('forbidden', 'This post cannot be quoted')
  if (!(await mayQuote(ctx, author, post))) {
    throw new Refusal('forbidden', 'The author of this post does not allow you to quote it')
  }
  return { post, state: (await mustAsk(ctx, post)) ? 'pending' : 'accepted' }
}

async function mayQuote(ctx: Context, author: Author, post: Post): Promise<boolean> {
  const policy = post.quote_policy as Approval
  if (policy === 'public' || mayAsk(policy)) return true
  return mayUnasked(policy, await followsAccepted(ctx.store.read, author.id, post.account_id))
}

/** Posts of other servers which say who may quote them want to be asked (FEP-044f); older software knows no such thing. */
async function mustAsk(ctx: Context, post: Post): Promise<boolean> {
  if (post.local === 1) return false
  return (await findRaw(ctx.store.read, post.id))?.includes('canQuote') === true
}

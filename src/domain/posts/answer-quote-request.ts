// Answers somebody elsewhere who asks whether one of our posts may be quoted (FEP-044f).
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { followsAccepted } from '../../store/post-authors.ts'
import { blockExists } from '../../store/relations.ts'
import { findPost } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'
import { settleQuote } from './settle-quote.ts'

/** Consent is given by the author's policy alone; whoever asks again is answered again. False when there is nothing to answer. */
export async function answerQuoteRequest(
  ctx: Context,
  request: { quotedId: number; postId: number; askerId: number },
): Promise<boolean> {
  const { quotedId, postId, askerId } = request
  const quoted = await findPost(ctx.store.read, quotedId)
  const post = await findPost(ctx.store.read, postId)
  if (quoted?.local !== 1 || !post || post.account_id !== askerId) return false
  if (post.quote_uri !== quoted.uri) return false
  // What an author has taken back stays taken back, however often it is asked for.
  const isRevoked = post.quote_state === 'revoked'
  const state = !isRevoked && (await mayQuote(ctx, quoted, askerId)) ? 'accepted' : 'rejected'
  if (isRevoked || !(await settleQuote(ctx, { postId, quotedId, state })))
    await ctx.store.write((tx) => recordFact(ctx, tx, { type: 'quote-settled', postId, quotedId, state }))
  return true
}

async function mayQuote(ctx: Context, quoted: Post, askerId: number): Promise<boolean> {
  if (!isOpen(quoted.audience as Audience) || quoted.local_only === 1) return false
  if (await blockExists(ctx.store.read, askerId, quoted.account_id)) return false
  if (quoted.quote_policy === 'public') return true
  return quoted.quote_policy === 'followers' && followsAccepted(ctx.store.read, askerId, quoted.account_id)
}

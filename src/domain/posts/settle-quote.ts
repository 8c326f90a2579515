// Settles whether a post may quote another: granted, refused or taken back by the quoted author.
import { notFound } from '../../model/refusal.ts'
import type { QuoteState } from '../../model/post.ts'
import { addToPostCounter, findPost, lockPost, updatePost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'

export interface Settlement {
  /** The post that quotes. */
  postId: number
  quotedId: number
  state: Exclude<QuoteState, 'pending'>
}

/** Whoever calls it has checked that the quoted author says so. False when nothing changed. */
export async function settleQuote(ctx: Context, settlement: Settlement): Promise<boolean> {
  return ctx.store.write((tx) => settle(ctx, tx, settlement))
}

/** The author of a quoted post takes the consent back. */
export async function revokeQuote(
  ctx: Context,
  accountId: number,
  quotedId: number,
  postId: number,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const quoted = await findPost(tx, quotedId)
    const post = await findPost(tx, postId)
    if (quoted?.account_id !== accountId || post?.quote_of_id !== quotedId) throw notFound()
    await settle(ctx, tx, { postId, quotedId, state: 'revoked' })
  })
}

async function settle(ctx: Context, tx: Tx, { postId, quotedId, state }: Settlement): Promise<boolean> {
  const post = await lockPost(tx, postId)
  if (!post || (post.quote_of_id !== null && post.quote_of_id !== quotedId)) return false
  if (post.quote_of_id === quotedId && post.quote_state === state) return false
  const quoted = await findPost(tx, quotedId)
  if (!quoted || (post.quote_of_id === null && post.quote_uri !== quoted.uri)) return false
  await updatePost(tx, postId, { quote_of_id: quotedId, quote_state: state })
  const counted = post.quote_state === 'accepted' && post.quote_of_id !== null ? 1 : 0
  const by = (state === 'accepted' ? 1 : 0) - counted
  if (by !== 0) await addToPostCounter(tx, quotedId, 'quotes_count', by)
  await recordFact(ctx, tx, { type: 'quote-settled', postId, quotedId, state })
  return true
}

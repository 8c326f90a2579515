// Keeps the consents that authors of other servers give to quotes, and knows them when they are taken back.
import { listStamped, loadQuoteStamps, putQuoteStamp, removeQuoteStamp } from '../../store/quote-stamps.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { settleQuote } from '../posts/settle-quote.ts'

export { loadQuoteStamps, removeQuoteStamp }

/** `uri` is where the consent to what post `postId` quotes can be looked up; the caller has checked whose it is. */
export async function keepQuoteStamp(ctx: Context, postId: number, uri: string): Promise<void> {
  await ctx.store.write((tx) => putQuoteStamp(tx, postId, uri))
}

/** Where the consent to what post `postId` quotes lies. */
export async function findQuoteStamp(ctx: Context, postId: number): Promise<string | undefined> {
  return (await loadQuoteStamps(ctx.store.read, [postId])).get(postId)
}

/** The author `authorId` takes back the consent at `uri`; false where no quote of a post by that author rests on it. */
export async function revokeQuoteStamp(ctx: Context, authorId: number, uri: string): Promise<boolean> {
  let isRevoked = false
  for (const postId of await listStamped(ctx.store.read, uri)) {
    const quotedId = (await findPost(ctx.store.read, postId))?.quote_of_id ?? null
    const quoted = quotedId === null ? undefined : await findPost(ctx.store.read, quotedId)
    if (quoted?.account_id !== authorId) continue
    if (await settleQuote(ctx, { postId, quotedId: quoted.id, state: 'revoked' })) isRevoked = true
  }
  return isRevoked
}

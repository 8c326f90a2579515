// Keeps the consents that authors of other servers give to quotes of our people.
import { loadQuoteStamps, putQuoteStamp, removeQuoteStamp } from '../../store/quote-stamps.ts'
import type { Context } from '../context.ts'

export { loadQuoteStamps, removeQuoteStamp }

/** `uri` is where the consent to what post `postId` quotes can be looked up; the caller has checked whose it is. */
export async function keepQuoteStamp(ctx: Context, postId: number, uri: string): Promise<void> {
  await ctx.store.write((tx) => putQuoteStamp(tx, postId, uri))
}

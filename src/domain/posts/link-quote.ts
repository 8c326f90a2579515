// Finds what a post from elsewhere quotes, and whether that is allowed.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import type { IncomingPost, Post, QuoteState } from '../../model/post.ts'
import type { Author } from '../../store/post-authors.ts'
import { findRaw } from '../../store/post-rows.ts'
import { findPostByUri } from '../../store/posts.ts'
import type { Tx } from '../ports.ts'

export interface Quote {
  uri: string
  /** Undefined while the quoted post is unknown here. */
  post: Post | undefined
  state: QuoteState
}

/** `isVerified`: the quoted author's authorisation was fetched and holds. */
export async function linkQuote(
  tx: Tx,
  author: Author,
  incoming: IncomingPost,
  isVerified: boolean,
): Promise<Quote | undefined> {
  if (incoming.quoteUri === undefined) return undefined
  const found = await findPostByUri(tx, incoming.quoteUri)
  const post = found?.boost_of_id === null ? found : undefined
  const state = post ? await stateOf(tx, author, post, isVerified) : 'pending'
  return { uri: incoming.quoteUri, post, state }
}

async function stateOf(tx: Tx, author: Author, post: Post, isVerified: boolean): Promise<QuoteState> {
  if (post.account_id === author.id) return 'accepted'
  if (!isOpen(post.audience as Audience)) return 'rejected'
  if (isVerified) return 'accepted'
  if (post.quote_policy !== 'public') return 'pending'
  const asks = post.local === 0 && (await findRaw(tx, post.id))?.includes('canQuote') === true
  return asks ? 'pending' : 'accepted'
}

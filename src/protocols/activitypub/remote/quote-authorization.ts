// Checks the consent that a quote shows (FEP-044f): a stamp on the server of the author who is quoted.
import { accountOfId, postOfId, postOfUri } from '../../../domain/federation/find-remote.ts'
import { findQuoteStamp, keepQuoteStamp } from '../../../domain/federation/quote-stamps.ts'
import { settleQuote } from '../../../domain/posts/settle-quote.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import type { IncomingPost } from '../../../model/post.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { idOf, member, sameOrigin, typesOf } from '../wire.ts'
import type { World } from '../world.ts'
import type { Fetcher } from './fetch.ts'

/** Whether the stamp exists, was given by the quoted author, and is for this very post. Our own stamps are not asked for here. */
export async function isQuoteAuthorized(
  world: World,
  fetcher: Fetcher,
  post: IncomingPost,
): Promise<boolean> {
  const { quoteUri, quoteAuthorizationUri: stampUri } = post
  if (quoteUri === undefined || stampUri === undefined) return false
  if (!sameOrigin(stampUri, quoteUri) || sameOrigin(stampUri, world.config.origin)) return false
  const quoted = await postOfUri(world, quoteUri)
  const author = quoted && (await accountOfId(world, quoted.account_id))
  if (!author) return false
  try {
    const { json } = await fetcher.document(stampUri)
    return (
      typesOf(json).includes('QuoteAuthorization') &&
      idOf(member(json, 'attributedTo')) === author.uri &&
      idOf(member(json, 'interactingObject')) === post.uri &&
      idOf(member(json, 'interactionTarget')) === quoteUri
    )
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable) return false
    throw error
  }
}

/**
 * A quote often comes before the consent to it, which then follows in an Update of the post; where one comes without the consent
 * that it had, that may have been taken back.
 */
export async function settleUpdatedQuote(
  world: World,
  { fetcher }: { fetcher: Fetcher },
  postId: number,
  incoming: IncomingPost,
): Promise<void> {
  const { quoteUri, quoteAuthorizationUri: stampUri } = incoming
  const post = await postOfId(world, postId)
  if (stampUri === undefined && post?.quote_state === 'accepted') return settleLost(world, fetcher, post)
  if (quoteUri === undefined || stampUri === undefined) return
  if (post?.quote_uri !== quoteUri || post.quote_state === 'accepted') return
  const quoted = await postOfUri(world, quoteUri)
  if (!quoted || !(await isQuoteAuthorized(world, fetcher, incoming))) return
  await keepQuoteStamp(world, postId, stampUri)
  await settleQuote(world, { postId, quotedId: quoted.id, state: 'accepted' })
}

async function settleLost(world: World, fetcher: Fetcher, post: Post): Promise<void> {
  const stampUri = await findQuoteStamp(world, post.id)
  if (stampUri === undefined || post.quote_of_id === null) return
  try {
    await fetcher.document(stampUri)
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    const isGone = error instanceof Refusal && (error.code === 'gone' || error.code === 'not-found')
    if (isGone) await settleQuote(world, { postId: post.id, quotedId: post.quote_of_id, state: 'revoked' })
  }
}

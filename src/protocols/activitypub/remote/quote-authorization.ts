// Checks the consent that a quote shows (FEP-044f): a stamp on the server of the author who is quoted.
import { accountOfId, postOfUri } from '../../../domain/federation/find-remote.ts'
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

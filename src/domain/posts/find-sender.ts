// Finds the account that a post from elsewhere says it is from.
import { Refusal } from '../../model/refusal.ts'
import { findAuthorByUri } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'

/** Refuses accounts that are unknown, ours, gone or suspended: none of them has posts to take in. */
export async function findSender(ctx: Context, uri: string): Promise<Author> {
  const author = await findAuthorByUri(ctx.store.read, uri)
  if (!author) throw new Refusal('not-found', 'The author of this post is unknown')
  if (author.domain === '') throw new Refusal('forbidden', 'Our own people do not post from elsewhere')
  if (author.deleted_at !== null) throw new Refusal('gone', 'The author of this post is gone')
  if (author.suspended_at !== null) throw new Refusal('forbidden', 'The author of this post is suspended')
  return author
}

// Finds the account that wants to write, and refuses those that may not.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAuthor } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import type { Db } from '../../store/open.ts'

/** A local account that may post and react now. */
export async function localAuthor(ctx: Context, accountId: number): Promise<Author> {
  const author = await activeAuthor(ctx.store.read, accountId)
  if (author.domain !== '') throw notFound()
  return author
}

/** An account of any server which is neither suspended nor deleted. */
export async function activeAuthor(db: Db, accountId: number): Promise<Author> {
  const author = await findAuthor(db, accountId)
  if (!author) throw notFound()
  if (author.deleted_at !== null) throw new Refusal('gone', 'This account is gone')
  if (author.suspended_at !== null) throw new Refusal('forbidden', 'This account is suspended')
  return author
}

// Takes somebody out of a reader's home and lists, as blocking and muting do.
import { removeAuthorFromFeeds, removeBoostsOfFromFeeds } from '../../store/feed-removal.ts'
import type { Tx } from '../ports.ts'

/** Removes posts and boosts by the author, and boosts of the author's posts, inside the caller's transaction. */
export async function clearAuthor(tx: Tx, readerId: number, authorId: number): Promise<void> {
  await removeAuthorFromFeeds(tx, readerId, authorId)
  await removeBoostsOfFromFeeds(tx, readerId, authorId)
}

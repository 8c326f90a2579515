// Bookmarks and muted threads: what people keep for themselves about posts.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Adds a bookmark; nothing changes when there is one. */
export async function insertBookmark(
  db: Db,
  bookmark: { id: number; accountId: number; postId: number },
): Promise<void> {
  await db
    .insertInto('bookmarks')
    .values({ id: bookmark.id, account_id: bookmark.accountId, post_id: bookmark.postId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function removeBookmark(db: Db, accountId: number, postId: number): Promise<void> {
  await db.deleteFrom('bookmarks').where('account_id', '=', accountId).where('post_id', '=', postId).execute()
}

/** Mutes a thread for one account; nothing changes when it is muted. */
export async function insertThreadMute(db: Db, accountId: number, threadId: number): Promise<void> {
  await db
    .insertInto('thread_mutes')
    .values({ account_id: accountId, thread_id: threadId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function removeThreadMute(db: Db, accountId: number, threadId: number): Promise<void> {
  await db
    .deleteFrom('thread_mutes')
    .where('account_id', '=', accountId)
    .where('thread_id', '=', threadId)
    .execute()
}

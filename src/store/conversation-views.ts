// A user's private conversations, as they read them.
import type { Kysely } from 'kysely'
import type { Conversation } from '../model/conversation.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Newest message first; the window is over ids of last posts. */
export async function pageConversations(
  db: Db,
  accountId: number,
  window: IdWindow,
): Promise<Conversation[]> {
  const query = db.selectFrom('conversations').selectAll().where('account_id', '=', accountId)
  return pageOver(query, 'last_post_id', window)
}

export async function findConversation(
  db: Db,
  accountId: number,
  id: number,
): Promise<Conversation | undefined> {
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

export async function markConversation(db: Db, id: number, unread: boolean): Promise<void> {
  await db
    .updateTable('conversations')
    .set({ unread: unread ? 1 : 0 })
    .where('id', '=', id)
    .execute()
}

export async function deleteConversation(db: Db, accountId: number, id: number): Promise<boolean> {
  const result = await db
    .deleteFrom('conversations')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

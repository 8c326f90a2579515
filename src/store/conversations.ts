// Private conversations: one row per participant of this server and thread.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface ConversationEntry {
  /** Taken when the conversation is new. */
  id: number
  accountId: number
  threadId: number
  postId: number
  /** Everyone else in it. */
  participantIds: readonly number[]
  unread: boolean
}

/** Adds the post to the conversations of several people; an older post never hides a newer one. Gives their ids. */
export async function putConversations(
  db: Db,
  entries: readonly ConversationEntry[],
): Promise<{ id: number; accountId: number }[]> {
  if (entries.length === 0) return []
  const rows = await db
    .insertInto('conversations')
    .values(
      entries.map((entry) => ({
        id: entry.id,
        account_id: entry.accountId,
        thread_id: entry.threadId,
        last_post_id: entry.postId,
        participants: JSON.stringify(entry.participantIds.toSorted((a, b) => a - b)),
        unread: entry.unread ? 1 : 0,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'thread_id'])
        .doUpdateSet({
          last_post_id: sql`excluded.last_post_id`,
          participants: sql`excluded.participants`,
          unread: sql`excluded.unread`,
        })
        .where('conversations.last_post_id', '<', sql<number>`excluded.last_post_id`),
    )
    .returning(['id', 'account_id'])
    .execute()
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }))
}

/** Those of the accounts whose conversation shows this post last. */
export async function listConversationsEndingWith(
  db: Db,
  postId: number,
  accountIds: readonly number[],
): Promise<{ id: number; accountId: number; threadId: number }[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'account_id', 'thread_id'])
    .where('account_id', 'in', accountIds)
    .where('last_post_id', '=', postId)
    .execute()
  return rows.map((row) => ({ id: row.id, accountId: row.account_id, threadId: row.thread_id }))
}

/** The newest direct post of the thread that this account wrote or is named in. */
export async function findLastDirectPost(
  db: Db,
  threadId: number,
  accountId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('posts as p')
    .select('p.id')
    .where('p.thread_id', '=', threadId)
    .where('p.audience', '=', 'direct')
    .where((eb) =>
      eb.or([
        eb('p.account_id', '=', accountId),
        eb.exists(
          eb
            .selectFrom('post_recipients as r')
            .select('r.post_id')
            .whereRef('r.post_id', '=', 'p.id')
            .where('r.account_id', '=', accountId),
        ),
      ]),
    )
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Lets a conversation end with an earlier post, or removes it when there is none. */
export async function endConversationWith(db: Db, id: number, lastPostId: number | undefined): Promise<void> {
  if (lastPostId === undefined) await db.deleteFrom('conversations').where('id', '=', id).execute()
  else await db.updateTable('conversations').set({ last_post_id: lastPostId }).where('id', '=', id).execute()
}

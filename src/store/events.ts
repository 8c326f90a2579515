// Events that posts announce, and who comes.
import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { EventAnswersTable, EventsTable, Tables } from './schema.ts'

export type EventRow = Selectable<EventsTable>
type Db = Kysely<Tables>

export type EventAnswer = 'yes' | 'maybe' | 'no'

export async function findEvent(db: Db, postId: number): Promise<EventRow | undefined> {
  return db.selectFrom('events').selectAll().where('post_id', '=', postId).executeTakeFirst()
}

/** The event, which nobody else may change until the transaction ends. */
export async function lockEvent(db: Db, postId: number): Promise<EventRow | undefined> {
  return db
    .updateTable('events')
    .set({ post_id: sql`post_id` })
    .where('post_id', '=', postId)
    .returningAll()
    .executeTakeFirst()
}

export async function insertEvent(db: Db, event: Insertable<EventsTable>): Promise<void> {
  await db.insertInto('events').values(event).execute()
}

export async function updateEvent(
  db: Db,
  postId: number,
  change: Partial<Insertable<EventsTable>>,
): Promise<void> {
  await db.updateTable('events').set(change).where('post_id', '=', postId).execute()
}

export async function removeEvent(db: Db, postId: number): Promise<void> {
  await db.deleteFrom('events').where('post_id', '=', postId).execute()
}

export async function findAnswer(db: Db, postId: number, accountId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('event_answers')
    .select('answer')
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.answer
}

/** Stores an answer in place of an earlier one. */
export async function putAnswer(db: Db, answer: Insertable<EventAnswersTable>): Promise<void> {
  await db
    .insertInto('event_answers')
    .values(answer)
    .onConflict((conflict) =>
      conflict
        .columns(['post_id', 'account_id'])
        .doUpdateSet({ answer: answer.answer, uri: answer.uri ?? null, created_at: answer.created_at }),
    )
    .execute()
}

/** Forgets one account's answer. */
export async function removeAnswer(db: Db, postId: number, accountId: number): Promise<void> {
  await db
    .deleteFrom('event_answers')
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .execute()
}

/** Moves one answer from one count to another; undefined stands for no answer. */
export async function moveAnswerCount(
  db: Db,
  postId: number,
  from: EventAnswer | undefined,
  to: EventAnswer | undefined,
): Promise<void> {
  const set: Record<string, unknown> = {}
  if (from) {
    const column = sql.ref(`${from}_count`)
    set[`${from}_count`] = sql`case when ${column} > 0 then ${column} - 1 else 0 end`
  }
  if (to) set[`${to}_count`] = sql`${sql.ref(`${to}_count`)} + 1`
  if (Object.keys(set).length > 0) {
    await db.updateTable('events').set(set).where('post_id', '=', postId).execute()
  }
}

/** People of this server who answered yes or maybe, by account id after `afterId`. */
export async function listLocalGuests(
  db: Db,
  postId: number,
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('event_answers as e')
    .innerJoin('users as u', 'u.account_id', 'e.account_id')
    .select('e.account_id')
    .where('e.post_id', '=', postId)
    .where('e.answer', '!=', 'no')
    .where('e.account_id', '>', afterId)
    .orderBy('e.account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

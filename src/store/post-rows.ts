// A post with all that hangs on it: raw JSON, earlier versions, address of the deleted, keys against double posting.
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { rowsOf, runOn, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function putRaw(db: Db, postId: number, raw: string): Promise<void> {
  await runOn(
    db,
    statement`insert into post_raw (post_id, raw) values (${postId}, ${raw})
      on conflict (post_id) do update set raw = excluded.raw`,
  )
}

/** The object as its server sent it, JSON text. */
export async function findRaw(db: Db, postId: number): Promise<string | undefined> {
  const row = await db.selectFrom('post_raw').select('raw').where('post_id', '=', postId).executeTakeFirst()
  return row?.raw
}

/** Keeps the version which an edit replaces; `edited_at` is when that version came to be. */
export async function insertEdit(
  db: Db,
  edit: { id: number; post_id: number; edited_at: number; snapshot: string },
): Promise<void> {
  await db.insertInto('post_edits').values(edit).execute()
}

/** The id of the newest replaced version: names the latest edit. */
export async function findLatestEdit(db: Db, postId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('post_edits')
    .select('id')
    .where('post_id', '=', postId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

export async function insertTombstone(db: Db, uri: string, deletedAt: number): Promise<void> {
  await db
    .insertInto('tombstones')
    .values({ uri, deleted_at: deletedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function isDeleted(db: Db, uri: string): Promise<boolean> {
  return (await rowsOf(db, statement`select 1 from tombstones where uri = ${uri}`)).length > 0
}

/**
 * Takes the key for `result`, unless it was taken after `since`: then gives the result it stands for. A second taker waits
 * for the transaction of the first.
 */
export async function takeIdempotencyKey(
  db: Db,
  use: { accountId: number; key: string; result: string; now: number; since: number },
): Promise<string | undefined> {
  const taken = await db
    .insertInto('idempotency')
    .values({ account_id: use.accountId, key: use.key, result: use.result, created_at: use.now })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'key'])
        .doUpdateSet({ result: use.result, created_at: use.now })
        .where('idempotency.created_at', '<', use.since),
    )
    .returning('key')
    .executeTakeFirst()
  return taken ? undefined : findIdempotencyResult(db, use)
}

/** What an earlier request with this key made, unless that was before `since`. */
export async function findIdempotencyResult(
  db: Db,
  use: { accountId: number; key: string; since: number },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('idempotency')
    .select('result')
    .where('account_id', '=', use.accountId)
    .where('key', '=', use.key)
    .where('created_at', '>=', use.since)
    .executeTakeFirst()
  return row?.result
}

/** Makes the words of a post findable, in place of what was there. */
export async function indexPostText(db: Db, postId: number, text: string): Promise<void> {
  await dialectOf(db).indexText(db, 'post_search', postId, text)
}

export async function removePostText(db: Db, postId: number): Promise<void> {
  await dialectOf(db).removeText(db, 'post_search', postId)
}

/** Makes the names of an account findable. */
export async function indexAccountText(db: Db, accountId: number, text: string): Promise<void> {
  await dialectOf(db).indexText(db, 'account_search', accountId, text)
}

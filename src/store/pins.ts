// Posts which their authors keep on top of their profiles.
import type { Kysely } from 'kysely'
import { rowsOf, statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Adds a pin; false when the post was pinned already. */
export async function insertPin(
  db: Db,
  pin: { id: number; accountId: number; postId: number },
): Promise<boolean> {
  const row = await db
    .insertInto('pins')
    .values({ id: pin.id, account_id: pin.accountId, post_id: pin.postId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function removePin(db: Db, accountId: number, postId: number): Promise<boolean> {
  const row = await db
    .deleteFrom('pins')
    .where('account_id', '=', accountId)
    .where('post_id', '=', postId)
    .returning('post_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Posts the account pinned, last pinned first. */
export async function listPins(db: Db, accountId: number, limit: number): Promise<number[]> {
  const rows = await rowsOf<{ post_id: number }>(
    db,
    statement`select post_id from pins where account_id = ${accountId} order by id desc limit ${limit}`,
  )
  return rows.map((row) => row.post_id)
}

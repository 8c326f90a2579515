// Where the files of media lie, and what became of uploads and copies.
import type { Kysely, Updateable } from 'kysely'
import type { MediaRow } from '../model/media.ts'
import type { MediaTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Changes a row as long as it still waits for its file; false when it is gone or settled. */
export async function settleProcessing(db: Db, id: number, change: Updateable<MediaTable>): Promise<boolean> {
  const rows = await db
    .updateTable('media')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Changes an account's own media that no post has; false when there is none. */
export async function updateFreeMedia(
  db: Db,
  free: { id: number; accountId: number },
  change: Updateable<MediaTable>,
): Promise<boolean> {
  const rows = await db
    .updateTable('media')
    .set(change)
    .where('id', '=', free.id)
    .where('account_id', '=', free.accountId)
    .where('post_id', 'is', null)
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Removes an account's own media that no post has, and gives what it was. */
export async function deleteFreeMedia(
  db: Db,
  free: { id: number; accountId: number },
): Promise<MediaRow | undefined> {
  return db
    .deleteFrom('media')
    .where('id', '=', free.id)
    .where('account_id', '=', free.accountId)
    .where('post_id', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

/** Writes where the copy of another server's file lies; false when that file is not the row's any more. */
export async function keepMediaCopy(
  db: Db,
  of: { id: number; url: string; preview: boolean },
  change: Updateable<MediaTable>,
): Promise<boolean> {
  const rows = await db
    .updateTable('media')
    .set(change)
    .where('id', '=', of.id)
    .where(of.preview ? 'remote_preview_url' : 'remote_url', '=', of.url)
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Notes that copies were looked at, unless that was noted after `since` already. */
export async function touchMedia(
  db: Db,
  ids: readonly number[],
  at: { now: number; since: number },
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('media')
    .set({ used_at: at.now })
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('used_at', 'is', null), eb('used_at', '<', at.since)]))
    .execute()
}

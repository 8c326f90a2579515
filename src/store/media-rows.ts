// Pictures, videos and sounds of posts: attaching, describing, detaching.
import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { MediaRow } from '../model/media.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { MediaTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findMedia(db: Db, ids: readonly number[]): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('media').selectAll().where('id', 'in', ids).execute()
}

const mediaOfPost = prepared('media of a post', (db, parameter: Parameter<{ id: number }>) =>
  db.selectFrom('media').selectAll().where('post_id', '=', parameter('id')).orderBy('position'),
)

export async function listMediaOf(db: Db, postId: number): Promise<MediaRow[]> {
  return mediaOfPost.all(db, { id: postId })
}

/** The pictures inside the text of a post that somebody has looked at. */
export async function listInlineMedia(db: Db, postId: number): Promise<MediaRow[]> {
  return db.selectFrom('media').selectAll().where('inline_of', '=', postId).execute()
}

/** The media that were still free and now belong to the post, in the order of `ids`; says how many. */
export async function attachMedia(
  db: Db,
  post: { id: number; accountId: number },
  ids: readonly number[],
): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await db
    .updateTable('media')
    .set({ post_id: post.id, position: positionIn(ids) })
    .where('id', 'in', ids)
    .where('account_id', '=', post.accountId)
    .where((eb) => eb.or([eb('post_id', 'is', null), eb('post_id', '=', post.id)]))
    .returning('id')
    .execute()
  return rows.length
}

function positionIn(ids: readonly number[]) {
  const cases = ids.map((id, position) => sql`when ${id} then ${sql.lit(position)}`)
  return sql<number>`case id ${sql.join(cases, sql` `)} else 0 end`
}

/** Frees media of the post, all but those to keep; media that stay free for long are removed with their files. */
export async function detachMedia(db: Db, postId: number, keep: readonly number[] = []): Promise<void> {
  let query = db.updateTable('media').set({ post_id: null }).where('post_id', '=', postId)
  if (keep.length > 0) query = query.where('id', 'not in', keep)
  await query.execute()
}

export async function insertMedia(db: Db, media: readonly Insertable<MediaTable>[]): Promise<void> {
  if (media.length > 0) await db.insertInto('media').values(media).execute()
}

export async function updateMedia(
  db: Db,
  id: number,
  change: { description?: string | null; meta?: string; position?: number },
): Promise<void> {
  await db.updateTable('media').set(change).where('id', '=', id).execute()
}

// The earlier versions of a post.
import type { Kysely } from 'kysely'
import type { PostVersion } from '../model/post-view.ts'
import type { Tables } from './schema.ts'

/** Oldest first. */
export async function listEdits(db: Kysely<Tables>, postId: number, limit: number): Promise<PostVersion[]> {
  const rows = await db
    .selectFrom('post_edits')
    .select(['edited_at', 'snapshot'])
    .where('post_id', '=', postId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    editedAt: row.edited_at,
    snapshot: JSON.parse(row.snapshot) as PostVersion['snapshot'],
  }))
}

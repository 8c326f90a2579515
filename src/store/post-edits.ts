// The earlier versions of a post.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export interface PostEdit {
  /** When this version came to be, in milliseconds since 1970. */
  editedAt: number
  snapshot: {
    title: string
    content: string
    spoilerText: string
    sensitive: boolean
    emojiIds: number[]
    media: { id: number; description: string | null }[]
    poll: { options: string[] } | null
  }
}

/** Oldest first. */
export async function listEdits(db: Kysely<Tables>, postId: number, limit: number): Promise<PostEdit[]> {
  const rows = await db
    .selectFrom('post_edits')
    .select(['edited_at', 'snapshot'])
    .where('post_id', '=', postId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    editedAt: row.edited_at,
    snapshot: JSON.parse(row.snapshot) as PostEdit['snapshot'],
  }))
}

// Hashtags that accounts show on their profiles.
import type { Db } from './open.ts'

export interface FeaturedTag {
  id: number
  name: string
  displayName: string
  postsCount: number
  /** Milliseconds since 1970; null before the first post. */
  lastPostAt: number | null
}

/** In the order in which they were chosen; at most 100. */
export async function listFeaturedTags(db: Db, accountId: number): Promise<FeaturedTag[]> {
  return db
    .selectFrom('featured_tags as f')
    .innerJoin('tags as t', 't.id', 'f.tag_id')
    .select(['f.id as id', 't.name as name', 't.display_name as displayName'])
    .select(['f.posts_count as postsCount', 'f.last_post_at as lastPostAt'])
    .where('f.account_id', '=', accountId)
    .orderBy('f.id')
    .limit(100)
    .execute()
}

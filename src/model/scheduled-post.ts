// A post that waits for its time.
import type { PostDraft } from './post.ts'

/** Times in milliseconds since 1970. */
export interface ScheduledPost {
  id: number
  accountId: number
  draft: PostDraft
  scheduledAt: number
}

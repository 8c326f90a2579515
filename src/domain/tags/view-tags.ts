// Shows hashtags as one reader sees them: how much each was used lately, and whether the reader follows it.
import type { Tag, TagView } from '../../model/tag.ts'
import { loadFeaturedTags, loadFollowedTags, loadTagDays } from '../../store/tag-views.ts'
import type { Context } from '../context.ts'

const DAY_MS = 86_400_000
const HISTORY_DAYS = 7

/** The tags in the same order, each with its last seven days, newest first. */
export async function viewTags(
  ctx: Context,
  viewerId: number | undefined,
  tags: readonly Tag[],
): Promise<TagView[]> {
  const db = ctx.store.read
  const ids = tags.map((tag) => tag.id)
  const today = Math.floor(ctx.clock.now() / DAY_MS)
  const days = await loadTagDays(db, ids, today - HISTORY_DAYS + 1)
  const used = new Map(days.map((day) => [`${day.tag_id}-${day.day}`, day]))
  const followed = viewerId === undefined ? undefined : await loadFollowedTags(db, viewerId, ids)
  const featured = viewerId === undefined ? undefined : await loadFeaturedTags(db, viewerId, ids)
  return tags.map((tag) => ({
    tag,
    history: Array.from({ length: HISTORY_DAYS }, (_, index) => {
      const day = today - index
      const use = used.get(`${tag.id}-${day}`)
      return { day, uses: use?.uses ?? 0, accounts: use?.accounts ?? 0 }
    }),
    following: followed?.has(tag.id),
    featuring: featured?.has(tag.id),
  }))
}

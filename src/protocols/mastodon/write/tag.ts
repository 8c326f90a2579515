// A hashtag as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { Tag } from '../../../store/tag-lookups.ts'
import { loadFeaturedTags, loadFollowedTags, loadTagDays } from '../../../store/tag-views.ts'
import type { Api } from '../api.ts'

const DAY_MS = 86_400_000
const HISTORY_DAYS = 7

/** Writes tags with their last seven days, newest first; `following` only for a user. */
export async function showTags(
  api: Api,
  viewerId: number | undefined,
  tags: readonly Tag[],
): Promise<entity.Tag[]> {
  const db = api.store.read
  const ids = tags.map((tag) => tag.id)
  const today = Math.floor(api.clock.now() / DAY_MS)
  const days = await loadTagDays(db, ids, today - HISTORY_DAYS + 1)
  const used = new Map(days.map((day) => [`${day.tag_id}-${day.day}`, day]))
  const followed = viewerId === undefined ? undefined : await loadFollowedTags(db, viewerId, ids)
  const featured = viewerId === undefined ? undefined : await loadFeaturedTags(db, viewerId, ids)
  return tags.map((tag) => ({
    id: String(tag.id),
    name: tag.display_name,
    url: api.urls.tag(tag.name),
    history: Array.from({ length: HISTORY_DAYS }, (_, index) => {
      const day = used.get(`${tag.id}-${today - index}`)
      return {
        day: String(((today - index) * DAY_MS) / 1000),
        accounts: String(day?.accounts ?? 0),
        uses: String(day?.uses ?? 0),
      }
    }),
    ...(followed ? { following: followed.has(tag.id) } : {}),
    ...(featured ? { featuring: featured.has(tag.id) } : {}),
  }))
}

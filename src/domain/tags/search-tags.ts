// Finds hashtags by how they begin.
import { normalizeTag } from '../../lib/text/hashtag.ts'
import type { Tag } from '../../model/tag.ts'
import { searchTags as searchTagRows } from '../../store/tag-views.ts'
import type { Context } from '../context.ts'

/** The exact tag first, then the lately used; nothing for what cannot be a tag. A leading # is passed over. */
export async function searchTags(
  ctx: Context,
  query: string,
  page: { limit: number; offset: number },
): Promise<Tag[]> {
  const prefix = normalizeTag(query.replace(/^#/, ''))
  return prefix === undefined ? [] : searchTagRows(ctx.store.read, prefix, page.limit, page.offset)
}

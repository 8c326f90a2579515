// Lists the hashtags that somebody follows, the last followed first.
import type { IdWindow } from '../../model/page.ts'
import type { Tag } from '../../model/tag.ts'
import { pageFollowedTags } from '../../store/tag-views.ts'
import type { Context } from '../context.ts'

/** The window is over cursors. */
export async function listFollowedTags(
  ctx: Context,
  accountId: number,
  window: IdWindow,
): Promise<(Tag & { cursor: number })[]> {
  return pageFollowedTags(ctx.store.read, accountId, window)
}

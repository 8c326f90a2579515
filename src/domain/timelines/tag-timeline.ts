// Reads the public posts with a hashtag.
import type { IdWindow } from '../../model/page.ts'
import { findTagIds } from '../../store/tag-lookups.ts'
import { pageTags } from '../../store/timelines.ts'
import type { PublicChoice } from '../../store/timelines.ts'
import type { Context } from '../context.ts'
import { publicReader } from './public-reader.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelinePage } from './read-timeline.ts'

/** Names of tags, normalised: posts have one of `any`, each of `all` and none of `none`. */
export interface TagWish extends PublicChoice {
  any: readonly string[]
  all: readonly string[]
  none: readonly string[]
}

export async function tagTimeline(
  ctx: Context,
  viewerId: number | undefined,
  wish: TagWish,
  window: IdWindow,
): Promise<TimelinePage> {
  const db = ctx.store.read
  const tagIds = await findTagIds(db, wish.any)
  const allIds = await findTagIds(db, wish.all)
  if (allIds.length < new Set(wish.all).size) return { views: [], edges: undefined }
  const choice = {
    tagIds,
    allIds,
    noneIds: await findTagIds(db, wish.none),
    reach: wish.reach,
    onlyMedia: wish.onlyMedia,
  }
  const reader = await publicReader(ctx, viewerId)
  return readTimeline(db, reader, (next) => pageTags(db, choice, next), window)
}

// Shows what many people share at present.
import type { CardOfPost, PostView } from '../../model/post-view.ts'
import type { Tag } from '../../model/tag.ts'
import type { LinkDay } from '../../model/trends.ts'
import { findCards, findTags } from '../../store/trends.ts'
import type { Context } from '../context.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import { readTrends } from './find-trends.ts'

export interface Slice {
  offset: number
  limit: number
}

function cut<T>(list: readonly T[], { offset, limit }: Slice): T[] {
  return list.slice(offset, offset + limit)
}

export async function trendingTags(ctx: Context, slice: Slice): Promise<Tag[]> {
  const ids = cut((await readTrends(ctx)).tagIds, slice)
  const tags = new Map((await findTags(ctx.store.read, ids)).map((tag) => [tag.id, tag]))
  return ids.flatMap((id) => tags.get(id) ?? [])
}

/** Only what the reader may and wants to see. */
export async function trendingPosts(
  ctx: Context,
  viewerId: number | undefined,
  slice: Slice,
): Promise<PostView[]> {
  const ids = cut((await readTrends(ctx)).postIds, slice)
  return wantedPosts(ctx.store.read, { viewerId, now: ctx.clock.now() }, ids)
}

export async function trendingLinks(
  ctx: Context,
  slice: Slice,
): Promise<{ card: CardOfPost; days: LinkDay[] }[]> {
  const links = cut((await readTrends(ctx)).links, slice)
  const cards = await findCards(
    ctx.store.read,
    links.map((link) => link.cardId),
  )
  return links.flatMap(({ cardId, days }) => {
    const card = cards.find((one) => one.id === cardId)
    return card ? { card, days } : []
  })
}

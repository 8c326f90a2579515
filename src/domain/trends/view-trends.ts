// Shows what many people share at present, but for what moderators do not want to be shown.
import type { Card } from '../../model/card.ts'
import type { CardOfPost, PostView } from '../../model/post-view.ts'
import type { Tag } from '../../model/tag.ts'
import type { LinkDay } from '../../model/trends.ts'
import { listDecisions, listProviders } from '../../store/moderation/trend-decisions.ts'
import { findCards, findTags } from '../../store/trends.ts'
import type { Context } from '../context.ts'
import { choicesOf } from '../server/choices.ts'
import { wantedPosts } from '../timelines/read-timeline.ts'
import { readTrends } from './find-trends.ts'

export interface Slice {
  offset: number
  limit: number
}

/** What moderators said of something popular; undefined while they said nothing. */
export type Verdict = boolean | undefined

function cut<T>(list: readonly T[], { offset, limit }: Slice): T[] {
  return list.slice(offset, offset + limit)
}

function isShown(ctx: Context, verdict: Verdict): boolean {
  return verdict ?? !choicesOf(ctx).trendsNeedReview
}

export function tagVerdict(tag: Tag): Verdict {
  return tag.trendable === null ? undefined : tag.trendable === 1
}

/** Every candidate, whatever was decided. */
export async function candidateTags(ctx: Context): Promise<Tag[]> {
  const ids = (await readTrends(ctx)).tagIds
  const tags = new Map((await findTags(ctx.store.read, ids)).map((tag) => [tag.id, tag]))
  return ids.flatMap((id) => tags.get(id) ?? [])
}

export async function trendingTags(ctx: Context, slice: Slice): Promise<Tag[]> {
  return cut(
    (await candidateTags(ctx)).filter((tag) => isShown(ctx, tagVerdict(tag))),
    slice,
  )
}

export async function candidatePosts(ctx: Context): Promise<{ id: number; verdict: Verdict }[]> {
  const ids = (await readTrends(ctx)).postIds
  const decisions = await listDecisions(ctx.store.read, 'post', ids)
  return ids.map((id) => ({ id, verdict: decisions.get(id) }))
}

/** Only what the reader may and wants to see. */
export async function trendingPosts(
  ctx: Context,
  viewerId: number | undefined,
  slice: Slice,
): Promise<PostView[]> {
  const shown = (await candidatePosts(ctx)).filter(({ verdict }) => isShown(ctx, verdict))
  const ids = cut(shown, slice).map(({ id }) => id)
  return wantedPosts(ctx.store.read, { viewerId, now: ctx.clock.now() }, ids)
}

export interface TrendingLink {
  card: CardOfPost
  days: LinkDay[]
  verdict: Verdict
}

/** What was decided about a link counts before what was decided about its site. */
export async function candidateLinks(ctx: Context): Promise<TrendingLink[]> {
  const { links } = await readTrends(ctx)
  const ids = links.map((link) => link.cardId)
  const cards = new Map((await findCards(ctx.store.read, ids)).map((card) => [card.id, card]))
  const decisions = await listDecisions(ctx.store.read, 'link', ids)
  const sites = new Map([...cards.values()].map((card) => [card.id, siteOf(card)]))
  const providers = await listProviders(ctx.store.read, [...new Set(sites.values())])
  return links.flatMap(({ cardId, days }) => {
    const card = cards.get(cardId)
    const site = providers.find((one) => one.domain === sites.get(cardId))
    const siteVerdict = site?.trendable == null ? undefined : site.trendable === 1
    return card ? { card, days, verdict: decisions.get(cardId) ?? siteVerdict } : []
  })
}

export function siteOf(card: CardOfPost): string {
  return URL.parse((JSON.parse(card.card) as Card).url)?.hostname ?? ''
}

export async function trendingLinks(ctx: Context, slice: Slice): Promise<TrendingLink[]> {
  return cut(
    (await candidateLinks(ctx)).filter(({ verdict }) => isShown(ctx, verdict)),
    slice,
  )
}

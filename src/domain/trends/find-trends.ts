// Works out every quarter of an hour what many people share, so that nobody who asks has to wait for that.
import { idFloor } from '../../lib/id.ts'
import type { LinkDay, Trends } from '../../model/trends.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import { listPopularPosts, listSharedLinks, listTrendingTags } from '../../store/trends.ts'
import type { Context } from '../context.ts'
import type { DomainJob } from '../posts/post-jobs.ts'
import type { Tx } from '../ports.ts'

export const TRENDS_QUEUE = 'trends'
export const FIND_TRENDS = 'find-trends'
const SETTING = 'trends'
const EVERY_MS = 15 * 60_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const POST_DAYS = 3
const LINK_DAYS = 7
const MOST = 100
/** Something is popular only when somebody else shares it as well. */
const PEOPLE = 2

/** For whoever runs jobs. */
export const trendJobs: readonly DomainJob[] = [{ kind: FIND_TRENDS, queue: TRENDS_QUEUE, run: findTrends }]

/** Plans the next time, unless it is planned already. */
export async function planTrends(ctx: Context): Promise<void> {
  await ctx.store.write((tx) => plan(ctx, tx))
}

async function plan(ctx: Context, tx: Tx): Promise<void> {
  const runAt = ctx.clock.now() + EVERY_MS
  await ctx.jobs.add(tx, { queue: TRENDS_QUEUE, kind: FIND_TRENDS, key: FIND_TRENDS, payload: {}, runAt })
}

export async function findTrends(ctx: Context): Promise<void> {
  const db = ctx.store.read
  const now = ctx.clock.now()
  const trends: Trends = {
    tagIds: await listTrendingTags(db, { day: Math.floor(now / DAY_MS), people: PEOPLE, limit: MOST }),
    postIds: await popularPosts(ctx, now),
    links: await popularLinks(ctx, now),
  }
  await ctx.store.write(async (tx) => {
    await writeSetting(tx, SETTING, JSON.stringify(trends))
    await plan(ctx, tx)
  })
}

/** What was found last. */
export async function readTrends(ctx: Context): Promise<Trends> {
  const kept = await readSetting(ctx.store.read, SETTING)
  return kept === undefined ? { tagIds: [], postIds: [], links: [] } : (JSON.parse(kept) as Trends)
}

/** What was liked lately counts more: points halve within a day. Each author has one post. */
async function popularPosts(ctx: Context, now: number): Promise<number[]> {
  const rows = await listPopularPosts(ctx.store.read, idFloor(now - POST_DAYS * DAY_MS), MOST * 5)
  const scored = rows
    .map((row) => ({ ...row, score: row.points * 0.5 ** ((now - row.publishedAt) / (24 * HOUR_MS)) }))
    .toSorted((one, other) => other.score - one.score)
  const authors = new Set<number>()
  const best = scored.filter(({ accountId }) => !authors.has(accountId) && authors.add(accountId))
  return best.slice(0, MOST).map((row) => row.id)
}

async function popularLinks(ctx: Context, now: number): Promise<Trends['links']> {
  const shares = await listSharedLinks(ctx.store.read, idFloor(now - LINK_DAYS * DAY_MS))
  const links = [...Map.groupBy(shares, (share) => share.cardId)].map(([cardId, list]) => ({
    cardId,
    people: new Set(list.map((share) => share.accountId)).size,
    days: daysOf(list),
  }))
  const popular = links.filter((link) => link.people >= PEOPLE)
  return popular
    .toSorted((one, other) => other.people - one.people || other.cardId - one.cardId)
    .slice(0, MOST)
    .map(({ cardId, days }) => ({ cardId, days }))
}

function daysOf(list: readonly { accountId: number; createdAt: number }[]): LinkDay[] {
  return [...Map.groupBy(list, (share) => Math.floor(share.createdAt / DAY_MS))].map(([day, shares]) => ({
    day,
    uses: shares.length,
    accounts: new Set(shares.map((share) => share.accountId)).size,
  }))
}

// Moderators say what may become popular here: hashtags, posts, links and the sites behind them.
import { Refusal, notFound } from '../../model/refusal.ts'
import type { IdWindow } from '../../model/page.ts'
import type { Tag } from '../../model/tag.ts'
import { findPost } from '../../store/posts.ts'
import { findTags, pageTags, updateTag } from '../../store/trends.ts'
import { findCards } from '../../store/trends.ts'
import {
  addProviders,
  decideProvider,
  pageProviders,
  putDecision,
} from '../../store/moderation/trend-decisions.ts'
import type { ProviderRow } from '../../store/moderation/trend-decisions.ts'
import type { Context } from '../context.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'
import { candidateLinks, siteOf } from './view-trends.ts'

export type { ProviderRow }

const MODERATES = 'manage-taxonomies'

export interface TagWish {
  displayName?: string
  listable?: boolean
  trendable?: boolean
  usable?: boolean
}

/** Another spelling is allowed, another word is not. */
export async function changeTag(ctx: Context, actor: Actor, id: number, wish: TagWish): Promise<Tag> {
  requirePermission(actor, MODERATES)
  return ctx.store.write(async (tx) => {
    const [tag] = await findTags(tx, [id])
    if (!tag) throw notFound()
    const { displayName } = wish
    if (displayName !== undefined && displayName.toLowerCase() !== tag.name)
      throw new Refusal('invalid', 'Validation failed: Display name can differ in upper and lower case only')
    const flags = Object.entries({ listable: wish.listable, trendable: wish.trendable, usable: wish.usable })
    await updateTag(tx, id, {
      ...(displayName === undefined ? {} : { display_name: displayName }),
      ...Object.fromEntries(flags.flatMap(([name, on]) => (on === undefined ? [] : [[name, on ? 1 : 0]]))),
      reviewed_at: ctx.clock.now(),
    })
    const detail = {
      name: tag.display_name,
      ...(wish.trendable === undefined ? {} : { allowed: wish.trendable }),
    }
    await logAction(ctx, tx, actor, { action: 'review', kind: 'trend', id, detail })
    return (await findTags(tx, [id]))[0] ?? tag
  })
}

export async function findTag(ctx: Context, actor: Actor, id: number): Promise<Tag> {
  requirePermission(actor, MODERATES)
  const [tag] = await findTags(ctx.store.read, [id])
  if (!tag) throw notFound()
  return tag
}

export async function listTags(ctx: Context, actor: Actor, window: IdWindow): Promise<Tag[]> {
  requirePermission(actor, MODERATES)
  return pageTags(ctx.store.read, window)
}

/** Refuses posts and links that are not here. */
export async function decideTrend(
  ctx: Context,
  actor: Actor,
  trend: { kind: 'link' | 'post'; id: number; allowed: boolean },
): Promise<void> {
  requirePermission(actor, MODERATES)
  const { kind, id, allowed } = trend
  const [found] =
    kind === 'post' ? [await findPost(ctx.store.read, id)] : await findCards(ctx.store.read, [id])
  if (!found) throw notFound()
  await ctx.store.write(async (tx) => {
    await putDecision(tx, { kind, id, allowed, now: ctx.clock.now() })
    await logAction(ctx, tx, actor, { action: 'review', kind: 'trend', id, detail: { of: kind, allowed } })
  })
}

/** The sites behind popular links, newest first; those seen for the first time are noted. */
export async function listSites(ctx: Context, actor: Actor, window: IdWindow): Promise<ProviderRow[]> {
  requirePermission(actor, MODERATES)
  const sites = [...new Set((await candidateLinks(ctx)).map(({ card }) => siteOf(card)))]
  const now = ctx.clock.now()
  await ctx.store.write((tx) =>
    addProviders(
      tx,
      sites.filter((site) => site !== ''),
      { now, nextId: () => ctx.ids.next() },
    ),
  )
  return pageProviders(ctx.store.read, window)
}

export async function decideSite(
  ctx: Context,
  actor: Actor,
  id: number,
  allowed: boolean,
): Promise<ProviderRow> {
  requirePermission(actor, MODERATES)
  return ctx.store.write(async (tx) => {
    const row = await decideProvider(tx, id, { allowed, now: ctx.clock.now() })
    if (!row) throw notFound()
    const detail = { of: 'site', name: row.domain, allowed }
    await logAction(ctx, tx, actor, { action: 'review', kind: 'trend', id, detail })
    return row
  })
}

// Of what the server is made: languages, apps, other servers, versions and space.
import { measureStorage } from '../../store/storage-use.ts'
import {
  shareInstance,
  shareLanguages,
  shareServers,
  shareSources,
  shareTag,
} from '../../store/moderation/server-shares.ts'
import type { Share } from '../../store/moderation/server-shares.ts'
import type { Context } from '../context.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import type { DayRange } from './measure.ts'

export interface Dimension {
  key: string
  unit: string | undefined
  shares: Share[]
}

export interface DimensionWish {
  key: string
  range: DayRange
  limit: number
  about?: string
}

/** Undefined for keys that do not exist, and for those about something that is not named. */
export async function shareOf(
  ctx: Context,
  actor: Actor,
  wish: DimensionWish,
): Promise<Dimension | undefined> {
  requirePermission(actor, 'view-dashboard')
  const { key } = wish
  const shares = await sharesOf(ctx, wish)
  return shares && { key, unit: key === 'space_usage' ? 'bytes' : undefined, shares }
}

async function sharesOf(ctx: Context, wish: DimensionWish): Promise<Share[] | undefined> {
  const { key, range, limit, about } = wish
  const db = ctx.store.read
  switch (key) {
    case 'languages':
      return shareLanguages(db, range, limit)
    case 'sources':
      return shareSources(db, range, limit)
    case 'servers':
      return (await shareServers(db, range, limit)).map(({ name, value }) => ({
        name: name === '' ? ctx.config.domain : name,
        value,
      }))
    case 'space_usage':
      return spaceOf(ctx)
    default:
      return about === undefined ? undefined : sharesAbout(ctx, wish, about)
  }
}

async function sharesAbout(
  ctx: Context,
  { key, range, limit }: DimensionWish,
  about: string,
): Promise<Share[] | undefined> {
  const db = ctx.store.read
  const parts = /^(tag|instance)_(servers|languages|accounts)$/.exec(key)
  const by = parts?.[2]
  if (parts?.[1] === 'tag' && (by === 'servers' || by === 'languages')) {
    const id = Number(about)
    return Number.isSafeInteger(id) ? shareTag(db, by, { id, range }, limit) : undefined
  }
  if (parts?.[1] === 'instance' && (by === 'accounts' || by === 'languages'))
    return shareInstance(db, by, about.toLowerCase(), limit)
  return undefined
}

async function spaceOf(ctx: Context): Promise<Share[]> {
  const use = await measureStorage(ctx.store.read, ctx.store.dialect.name, ctx.clock.now())
  return [
    { name: 'database', value: use.database },
    { name: 'media', value: use.ownMedia },
    { name: 'cache', value: use.cachedMedia },
  ]
}

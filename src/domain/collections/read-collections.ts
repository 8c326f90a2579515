// Reads collections as others may see them: without people who are away, blocked or have taken themselves out.
import { COLLECTION_LIMITS } from '../../model/collection.ts'
import type { Collection, CollectionView } from '../../model/collection.ts'
import { notFound } from '../../model/refusal.ts'
import { findAccounts } from '../../store/accounts.ts'
import {
  findCollection,
  listCollectionsOf,
  listCollectionsWith,
  listItems,
  listOpenCollections,
} from '../../store/collections.ts'
import { blockExists } from '../../store/relations.ts'
import type { Context } from '../context.ts'

const MOST_PACKS = 20

async function withItems(ctx: Context, collections: readonly Collection[]): Promise<CollectionView[]> {
  const db = ctx.store.read
  const items = await listItems(
    db,
    collections.map((one) => one.id),
  )
  const accounts = await findAccounts(db, [...new Set(items.map((item) => item.account_id))])
  const here = new Set(
    accounts.filter((one) => one.suspended_at === null && one.deleted_at === null).map((one) => one.id),
  )
  const shown = items.filter((item) => item.state === 'accepted' && here.has(item.account_id))
  const byCollection = Map.groupBy(shown, (item) => item.collection_id)
  return collections.map((collection) => ({ collection, items: byCollection.get(collection.id) ?? [] }))
}

/** Refuses as "not found" when its owner is away or blocks the reader. */
export async function readCollection(
  ctx: Context,
  viewerId: number | undefined,
  id: number,
): Promise<CollectionView> {
  const db = ctx.store.read
  const collection = await findCollection(db, id)
  if (!collection) throw notFound()
  const [owner] = await findAccounts(db, [collection.account_id])
  if (!owner || owner.suspended_at !== null || owner.deleted_at !== null) throw notFound()
  if (viewerId !== undefined && viewerId !== owner.id && (await blockExists(db, owner.id, viewerId)))
    throw notFound()
  const [view] = await withItems(ctx, [collection])
  if (!view) throw notFound()
  return view
}

/** Others see those that want to be found only. */
export async function readCollectionsOf(
  ctx: Context,
  viewerId: number | undefined,
  accountId: number,
): Promise<CollectionView[]> {
  const all = await listCollectionsOf(ctx.store.read, accountId, COLLECTION_LIMITS.collections)
  return withItems(ctx, viewerId === accountId ? all : all.filter((one) => one.discoverable === 1))
}

/** Where somebody is recommended: for them to know, and to take themselves out. */
export async function readCollectionsWith(ctx: Context, accountId: number): Promise<CollectionView[]> {
  return withItems(ctx, await listCollectionsWith(ctx.store.read, accountId, 40))
}

/** Collections for newcomers, those of the people who run the server first; empty ones help nobody. */
export async function readStarterPacks(ctx: Context): Promise<CollectionView[]> {
  const views = await withItems(ctx, await listOpenCollections(ctx.store.read, MOST_PACKS))
  return views.filter((view) => view.items.length > 0)
}

// Makes, changes and ends collections, and puts people in who want to be found.
import { cleanName } from '../../lib/text/handle.ts'
import { countGraphemes } from '../../lib/text/count.ts'
import type { Account } from '../../model/account.ts'
import { COLLECTION_LIMITS } from '../../model/collection.ts'
import type { Collection, CollectionItem } from '../../model/collection.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccounts } from '../../store/accounts.ts'
import {
  deleteCollection,
  deleteItem,
  findCollection,
  insertCollection,
  insertItem,
  listCollectionsOf,
  listItems,
  revokeItem,
  updateCollection,
} from '../../store/collections.ts'
import { blockExists } from '../../store/relations.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export interface CollectionWish {
  name?: string
  description?: string
  language?: string | null
  /** A normalised name. */
  tag?: string | null
  sensitive?: boolean
  discoverable?: boolean
}

type Words = Pick<Collection, 'name' | 'description' | 'language' | 'tag' | 'sensitive' | 'discoverable'>

function wordsOf(wish: CollectionWish, old: Words): Words {
  const name = wish.name === undefined ? old.name : cleanName(wish.name.trim(), COLLECTION_LIMITS.name * 4)
  if (name === '') throw new Refusal('invalid', "Validation failed: Name can't be blank")
  if (countGraphemes(name) > COLLECTION_LIMITS.name)
    throw new Refusal(
      'invalid',
      `Validation failed: Name is too long (maximum is ${COLLECTION_LIMITS.name} characters)`,
    )
  const description = wish.description?.trim() ?? old.description
  if (countGraphemes(description) > COLLECTION_LIMITS.description)
    throw new Refusal(
      'invalid',
      `Validation failed: Description is too long (maximum is ${COLLECTION_LIMITS.description} characters)`,
    )
  return {
    name,
    description,
    language: wish.language === undefined ? old.language : wish.language,
    tag: wish.tag === undefined ? old.tag : wish.tag,
    sensitive: wish.sensitive === undefined ? old.sensitive : Number(wish.sensitive),
    discoverable: wish.discoverable === undefined ? old.discoverable : Number(wish.discoverable),
  }
}

const BLANK: Words = { name: '', description: '', language: null, tag: null, sensitive: 0, discoverable: 1 }

/** With its people, all or none. */
export async function createCollection(
  ctx: Context,
  ownerId: number,
  wish: CollectionWish & { accountIds: readonly number[] },
): Promise<number> {
  const now = ctx.clock.now()
  const row = {
    ...wordsOf(wish, BLANK),
    id: ctx.ids.next(),
    account_id: ownerId,
    created_at: now,
    updated_at: now,
  }
  await ctx.store.write(async (tx) => {
    const { collections } = COLLECTION_LIMITS
    if ((await listCollectionsOf(tx, ownerId, collections)).length >= collections)
      throw new Refusal('invalid', `You can have at most ${collections} collections`)
    await insertCollection(tx, row)
    for (const accountId of new Set(wish.accountIds)) await putIn(ctx, tx, row, accountId)
  })
  return row.id
}

/** The collection, when it is the owner's; otherwise "not found". */
async function ownCollection(tx: Tx, ownerId: number, id: number): Promise<Collection> {
  const collection = await findCollection(tx, id)
  if (collection?.account_id !== ownerId) throw notFound()
  return collection
}

export async function changeCollection(
  ctx: Context,
  ownerId: number,
  id: number,
  wish: CollectionWish,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const collection = await ownCollection(tx, ownerId, id)
    await updateCollection(tx, id, { ...wordsOf(wish, collection), updated_at: ctx.clock.now() })
  })
}

export async function endCollection(ctx: Context, ownerId: number, id: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    await ownCollection(tx, ownerId, id)
    await deleteCollection(tx, id)
  })
}

export async function addToCollection(
  ctx: Context,
  ownerId: number,
  id: number,
  accountId: number,
): Promise<CollectionItem> {
  return ctx.store.write(async (tx) => putIn(ctx, tx, await ownCollection(tx, ownerId, id), accountId))
}

function mayBeRecommended(account: Account, ownerId: number): boolean {
  return (
    account.id === ownerId ||
    (account.discoverable === 1 && account.limited_at === null && account.moved_to_id === null)
  )
}

/** Only people who want to be found are recommended; those who have taken themselves out stay out. */
async function putIn(
  ctx: Context,
  tx: Tx,
  collection: Pick<Collection, 'id' | 'account_id'>,
  accountId: number,
): Promise<CollectionItem> {
  const [account] = await findAccounts(tx, [accountId])
  if (!account || account.suspended_at !== null || account.deleted_at !== null) throw notFound()
  if (await blockExists(tx, collection.account_id, accountId)) throw notFound()
  if (!mayBeRecommended(account, collection.account_id))
    throw new Refusal('forbidden', 'This person does not want to be listed')
  const items = await listItems(tx, [collection.id])
  const known = items.find((item) => item.account_id === accountId)
  if (known?.state === 'revoked')
    throw new Refusal('forbidden', 'This person does not want to be in this collection')
  if (known) throw new Refusal('invalid', 'Validation failed: Account has already been taken')
  if (items.length >= COLLECTION_LIMITS.people)
    throw new Refusal('invalid', `A collection has at most ${COLLECTION_LIMITS.people} people`)
  const item: CollectionItem = {
    id: ctx.ids.next(),
    collection_id: collection.id,
    account_id: accountId,
    state: 'accepted',
    created_at: ctx.clock.now(),
  }
  await insertItem(tx, item)
  return item
}

export async function removeFromCollection(
  ctx: Context,
  ownerId: number,
  id: number,
  itemId: number,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    await ownCollection(tx, ownerId, id)
    const item = (await listItems(tx, [id])).find((one) => one.id === itemId)
    // Taking out who took themselves out would let them be put in again.
    if (!item || item.state !== 'accepted') throw notFound()
    await deleteItem(tx, itemId)
  })
}

/** Whoever is in a collection can take themselves out, for good. */
export async function leaveCollection(
  ctx: Context,
  accountId: number,
  id: number,
  itemId: number,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const item = (await listItems(tx, [id])).find((one) => one.id === itemId)
    if (item?.account_id !== accountId || item.state !== 'accepted') throw notFound()
    await revokeItem(tx, itemId)
  })
}

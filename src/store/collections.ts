// Collections of people and who is in them.
import { sql } from 'kysely'
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { Collection, CollectionItem } from '../model/collection.ts'
import type { CollectionItemsTable, CollectionsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findCollection(db: Db, id: number): Promise<Collection | undefined> {
  return db.selectFrom('collections').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Newest first; an account has few. */
export async function listCollectionsOf(db: Db, accountId: number, limit: number): Promise<Collection[]> {
  return db
    .selectFrom('collections')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Those that recommend the account, newest first. */
export async function listCollectionsWith(db: Db, accountId: number, limit: number): Promise<Collection[]> {
  return db
    .selectFrom('collection_items as i')
    .innerJoin('collections as c', 'c.id', 'i.collection_id')
    .selectAll('c')
    .where('i.account_id', '=', accountId)
    .where('i.state', '=', 'accepted')
    .orderBy('i.id', 'desc')
    .limit(limit)
    .execute()
}

/** Collections for newcomers: those by the people who run the server, then the newest of everybody here. */
export async function listOpenCollections(db: Db, limit: number): Promise<Collection[]> {
  return db
    .selectFrom('collections as c')
    .innerJoin('accounts as a', 'a.id', 'c.account_id')
    .innerJoin('users as u', 'u.account_id', 'c.account_id')
    .selectAll('c')
    .where(sql<boolean>`c.discoverable = 1 and c.sensitive = 0`)
    .where('a.suspended_at', 'is', null)
    .where('a.limited_at', 'is', null)
    .where('a.deleted_at', 'is', null)
    .orderBy(sql`case when u.role = 'user' then 1 else 0 end`)
    .orderBy('c.id', 'desc')
    .limit(limit)
    .execute()
}

/** The items of several collections, in the order in which they were added. */
export async function listItems(db: Db, collectionIds: readonly number[]): Promise<CollectionItem[]> {
  if (collectionIds.length === 0) return []
  const rows = await db
    .selectFrom('collection_items')
    .selectAll()
    .where('collection_id', 'in', collectionIds)
    .orderBy('id')
    .execute()
  return rows as CollectionItem[]
}

export async function insertCollection(db: Db, row: Insertable<CollectionsTable>): Promise<void> {
  await db.insertInto('collections').values(row).execute()
}

export async function updateCollection(
  db: Db,
  id: number,
  change: Updateable<CollectionsTable>,
): Promise<void> {
  await db.updateTable('collections').set(change).where('id', '=', id).execute()
}

export async function deleteCollection(db: Db, id: number): Promise<void> {
  await db.deleteFrom('collection_items').where('collection_id', '=', id).execute()
  await db.deleteFrom('collections').where('id', '=', id).execute()
}

export async function insertItem(db: Db, row: Insertable<CollectionItemsTable>): Promise<void> {
  await db.insertInto('collection_items').values(row).execute()
}

export async function deleteItem(db: Db, id: number): Promise<void> {
  await db.deleteFrom('collection_items').where('id', '=', id).execute()
}

export async function revokeItem(db: Db, id: number): Promise<void> {
  await db.updateTable('collection_items').set({ state: 'revoked' }).where('id', '=', id).execute()
}

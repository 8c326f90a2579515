// Archives of what people have here, and walks through what goes into them.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { Chunk } from './exports.ts'
import type { ArchivesTable, Tables } from './schema.ts'

type Db = Kysely<Tables>
export type ArchiveRow = Selectable<ArchivesTable>

/** False when the account has one already. */
export async function insertArchive(db: Db, row: Insertable<ArchivesTable>): Promise<boolean> {
  const inserted = await db
    .insertInto('archives')
    .values(row)
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .returning('id')
    .execute()
  return inserted.length === 1
}

export async function findArchive(db: Db, id: number): Promise<ArchiveRow | undefined> {
  return db.selectFrom('archives').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findArchiveOf(db: Db, accountId: number): Promise<ArchiveRow | undefined> {
  return db.selectFrom('archives').selectAll().where('account_id', '=', accountId).executeTakeFirst()
}

export async function updateArchive(db: Db, id: number, change: Updateable<ArchivesTable>): Promise<void> {
  await db.updateTable('archives').set(change).where('id', '=', id).execute()
}

export async function removeArchive(db: Db, id: number): Promise<void> {
  await db.deleteFrom('archives').where('id', '=', id).execute()
}

/** Only for work in the background: it reads an index from end to end. */
export async function countForArchive(db: Db, accountId: number): Promise<number> {
  const count = async (table: 'posts' | 'media'): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }
  return (await count('posts')) + (await count('media'))
}

/** Posts and boosts, the oldest first. */
export async function chunkOfPosts(
  db: Db,
  chunk: Chunk,
): Promise<{ id: number; uri: string; boostOfId: number | null }[]> {
  return db
    .selectFrom('posts')
    .select(['id', 'uri', 'boost_of_id as boostOfId'])
    .where('account_id', '=', chunk.accountId)
    .where('id', '>', chunk.afterId)
    .orderBy('id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfMedia(db: Db, chunk: Chunk): Promise<{ id: number; fileKey: string | null }[]> {
  return db
    .selectFrom('media')
    .select(['id', 'file_key as fileKey'])
    .where('account_id', '=', chunk.accountId)
    .where('id', '>', chunk.afterId)
    .orderBy('id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfLikes(db: Db, chunk: Chunk): Promise<{ id: number; uri: string }[]> {
  return db
    .selectFrom('reactions as r')
    .innerJoin('posts as p', 'p.id', 'r.post_id')
    .select(['r.id', 'p.uri'])
    .where('r.account_id', '=', chunk.accountId)
    .where('r.kind', '=', 'like')
    .where('r.id', '>', chunk.afterId)
    .orderBy('r.id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfFollowers(db: Db, chunk: Chunk): Promise<{ id: number; uri: string }[]> {
  return db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.account_id')
    .select(['f.id', 'a.uri'])
    .where('f.target_id', '=', chunk.accountId)
    .where('f.id', '>', chunk.afterId)
    .orderBy('f.id')
    .limit(chunk.limit)
    .execute()
}

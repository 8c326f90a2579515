// What somebody takes along to another server, a chunk at a time in the order in which it came.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface Chunk {
  accountId: number
  afterId: number
  limit: number
}

interface Named {
  id: number
  username: string
  domain: string
}

export interface FollowExport extends Named {
  show_boosts: number
  notify: number
  languages: string | null
}

export async function chunkOfFollows(db: Db, chunk: Chunk): Promise<FollowExport[]> {
  return db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.target_id')
    .select(['f.id', 'a.username', 'a.domain', 'f.show_boosts', 'f.notify', 'f.languages'])
    .where('f.account_id', '=', chunk.accountId)
    .where('f.id', '>', chunk.afterId)
    .orderBy('f.id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfMutes(
  db: Db,
  chunk: Chunk,
): Promise<(Named & { hide_notifications: number })[]> {
  return db
    .selectFrom('mutes as m')
    .innerJoin('accounts as a', 'a.id', 'm.target_id')
    .select(['m.id', 'a.username', 'a.domain', 'm.hide_notifications'])
    .where('m.account_id', '=', chunk.accountId)
    .where('m.id', '>', chunk.afterId)
    .orderBy('m.id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfBlocks(db: Db, chunk: Chunk): Promise<Named[]> {
  return db
    .selectFrom('blocks as b')
    .innerJoin('accounts as a', 'a.id', 'b.target_id')
    .select(['b.id', 'a.username', 'a.domain'])
    .where('b.account_id', '=', chunk.accountId)
    .where('b.id', '>', chunk.afterId)
    .orderBy('b.id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfBookmarks(db: Db, chunk: Chunk): Promise<{ id: number; uri: string }[]> {
  return db
    .selectFrom('bookmarks as b')
    .innerJoin('posts as p', 'p.id', 'b.post_id')
    .select(['b.id', 'p.uri'])
    .where('b.account_id', '=', chunk.accountId)
    .where('b.id', '>', chunk.afterId)
    .orderBy('b.id')
    .limit(chunk.limit)
    .execute()
}

export async function chunkOfListMembers(db: Db, chunk: Chunk): Promise<(Named & { title: string })[]> {
  return db
    .selectFrom('lists as l')
    .innerJoin('list_members as m', 'm.list_id', 'l.id')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select(['m.id', 'l.title', 'a.username', 'a.domain'])
    .where('l.account_id', '=', chunk.accountId)
    .where('m.id', '>', chunk.afterId)
    .orderBy('m.id')
    .limit(chunk.limit)
    .execute()
}

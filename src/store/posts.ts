// Posts: look-ups by id and address, changes, counters and links within threads.
import { sql } from 'kysely'
import type { Insertable, Kysely, Updateable } from 'kysely'
import type { Post } from '../model/post.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { insertOf, rawText, runOn, statement } from './dialects/statement.ts'
import type { PostsTable, Tables } from './schema.ts'

export type NewPost = Insertable<PostsTable>
export type PostChange = Updateable<PostsTable>
type Db = Kysely<Tables>

const postById = prepared('post by id', (db, parameter: Parameter<{ id: number }>) =>
  db.selectFrom('posts').selectAll().where('id', '=', parameter('id')),
)

const postByUri = prepared('post by uri', (db, parameter: Parameter<{ uri: string }>) =>
  db.selectFrom('posts').selectAll().where('uri', '=', parameter('uri')),
)

export async function findPost(db: Db, id: number): Promise<Post | undefined> {
  return postById.first(db, { id })
}

/** The posts that exist among `ids`, in no particular order. */
export async function findPosts(db: Db, ids: readonly number[]): Promise<Post[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  return db
    .selectFrom('posts')
    .selectAll()
    .where(dialect.idIn('id', dialect.idList(ids)))
    .execute()
}

export async function findPostByUri(db: Db, uri: string): Promise<Post | undefined> {
  return postByUri.first(db, { uri })
}

/** The posts known among `uris`, in no particular order. */
export async function findPostsByUris(db: Db, uris: readonly string[]): Promise<Post[]> {
  if (uris.length === 0) return []
  return db.selectFrom('posts').selectAll().where('uri', 'in', uris).execute()
}

/** Adds the post unless its id or address is taken; says whether it was added. */
export async function insertPost(db: Db, post: NewPost): Promise<boolean> {
  return (await runOn(db, insertOf('posts', post, 'on conflict do nothing'))) > 0
}

export async function updatePost(db: Db, id: number, change: PostChange): Promise<void> {
  await db.updateTable('posts').set(change).where('id', '=', id).execute()
}

/** Keeps others from changing the post until the transaction ends; undefined when it is gone. */
export async function lockPost(db: Db, id: number): Promise<Post | undefined> {
  return db
    .updateTable('posts')
    .set({ id: sql`id` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

export async function removePost(db: Db, id: number): Promise<void> {
  await db.deleteFrom('posts').where('id', '=', id).execute()
}

export type PostCounter = 'replies_count' | 'boosts_count' | 'likes_count' | 'dislikes_count' | 'quotes_count'

/** Adds `by` (may be negative) to a counter, which never falls below zero. */
export async function addToPostCounter(db: Db, id: number, counter: PostCounter, by: number): Promise<void> {
  const name = rawText(counter)
  const sum = statement`${name} + cast(${by} as bigint)`
  const floored = by >= 0 ? sum : statement`case when ${sum} < 0 then 0 else ${sum} end`
  await runOn(db, statement`update posts set ${name} = ${floored} where id = ${id}`)
}

/** The boost of `postId` by this account, if there is one. */
export async function findBoost(db: Db, postId: number, accountId: number): Promise<Post | undefined> {
  return db
    .selectFrom('posts')
    .selectAll()
    .where('boost_of_id', '=', postId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

/** Counts one post more (or less) of the author; `lastPostAt` in milliseconds where there is a newer post. */
export async function countPostOf(db: Db, accountId: number, by: 1 | -1, lastPostAt?: number): Promise<void> {
  const last = statement`cast(${lastPostAt ?? 0} as bigint)`
  const sum = statement`posts_count + cast(${by} as bigint)`
  await runOn(
    db,
    statement`update accounts set posts_count = case when ${sum} < 0 then 0 else ${sum} end,
      last_post_at = case when coalesce(last_post_at, 0) < ${last} then ${last} else last_post_at end
      where id = ${accountId}`,
  )
}

const waitingReplies = prepared(
  'posts that wait for another',
  (db, parameter: Parameter<{ uri: string; limit: number }>) =>
    db
      .selectFrom('posts')
      .selectAll()
      .where('in_reply_to_uri', '=', parameter('uri'))
      .limit(parameter('limit')),
)

/** Posts that name `uri` as what they answer and wait for it to arrive. */
export async function findWaitingReplies(db: Db, uri: string, limit: number): Promise<Post[]> {
  return waitingReplies.all(db, { uri, limit })
}

/** Moves whole threads into another one. */
export async function joinThreads(db: Db, threadIds: readonly number[], threadId: number): Promise<void> {
  if (threadIds.length === 0) return
  const dialect = dialectOf(db)
  await db
    .updateTable('posts')
    .set({ thread_id: threadId })
    .where(dialect.idIn('thread_id', dialect.idList(threadIds)))
    .execute()
}

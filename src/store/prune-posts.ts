// Posts of other servers that nobody here has touched: which they are, and how they go without a trace.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

export interface OldPost {
  id: number
  createdAt: number
}

/** Posts of other servers that came here before this one, newest first, so that answers go before what they answer. */
export async function listOldRemotePosts(db: Db, before: OldPost, limit: number): Promise<OldPost[]> {
  const { rows } = await sql<OldPost>`select id, created_at as "createdAt" from posts
    where local = 0 and created_at <= ${before.createdAt} and (created_at, id) < (${before.createdAt}, ${before.id})
    order by created_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * Those of `ids` that nobody of this server liked, boosted, kept, voted in, answered, was named in or was told of, that
 * stand in no thread with a local post and in no local group, that are in no open report, and that no post kept here refers to.
 */
export async function listUntouched(
  db: Db,
  ids: readonly number[],
  reported: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  // `coalesce` keeps PostgreSQL from walking the index of all remote posts, which it would when it has no statistics yet.
  const here = (table: string, alias: string) => sql`select 1 from ${sql.table(table)} x
    join accounts a on a.id = x.account_id and a.domain = '' where x.post_id = ${sql.ref(alias)}`
  const { rows } = await sql<{ id: number }>`select p.id from posts p
    where ${dialect.idIn('p.id', dialect.idList(ids))} and coalesce(p.local, 0) = 0
      and not exists (${here('reactions', 'p.id')})
      and not exists (${here('post_recipients', 'p.id')})
      and not exists (${here('poll_votes', 'p.id')})
      and not exists (${here('event_answers', 'p.id')})
      and not exists (select 1 from bookmarks x where x.post_id = p.id)
      and not exists (select 1 from pins x where x.post_id = p.id)
      and not exists (select 1 from notifications x where x.post_id = p.id)
      and not exists (select 1 from posts x where x.boost_of_id = p.id)
      and not exists (select 1 from posts x where x.quote_of_id = p.id)
      and not exists (select 1 from posts x where x.in_reply_to_id = p.id)
      and not exists (select 1 from accounts g where g.id = p.group_id and g.domain = '')`.execute(db)
  const kept = new Set([
    ...reported,
    ...(await listInLocalThreads(
      db,
      rows.map((row) => row.id),
    )),
  ])
  return rows.map((row) => row.id).filter((id) => !kept.has(id))
}

/** Those of `ids` in whose thread somebody of this server wrote; each thread is looked through once. */
async function listInLocalThreads(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  const posts = await db
    .selectFrom('posts')
    .select(['id', 'thread_id'])
    .where(dialect.idIn('id', dialect.idList(ids)))
    .execute()
  const threads = [...new Set(posts.map((post) => post.thread_id))]
  const local = await db
    .selectFrom('posts')
    .select('thread_id')
    .distinct()
    .where(dialect.idIn('thread_id', dialect.idList(threads)))
    .where('local', '=', 1)
    .execute()
  const found = new Set(local.map((row) => row.thread_id))
  return posts.filter((post) => found.has(post.thread_id)).map((post) => post.id)
}

/** The posts that open reports speak of. */
export async function listReportedPosts(db: Db): Promise<number[]> {
  const reports = await db
    .selectFrom('reports')
    .select('post_ids')
    .where('resolved_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(5000)
    .execute()
  return reports.flatMap((report) => (JSON.parse(report.post_ids) as (number | string)[]).map(Number))
}

/** Tables with rows about a post, found by `post_id`. */
const PARTS = [
  'post_raw',
  'post_edits',
  'post_cards',
  'post_circles',
  'post_tags',
  'post_recipients',
  'polls',
  'poll_votes',
  'events',
  'event_answers',
  'reactions',
  'feed_entries',
] as const

/** Removes posts as if they had never come; gives the keys of files that nobody needs any more. */
export async function removePosts(tx: Tx, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(tx)
  const list = dialect.idList(ids)
  const files = ['file_key', 'preview_key'] as const
  const media = [
    ...(await tx.deleteFrom('media').where(dialect.idIn('post_id', list)).returning(files).execute()),
    ...(await tx.deleteFrom('media').where(dialect.idIn('inline_of', list)).returning(files).execute()),
  ]
  for (const table of PARTS)
    await sql`delete from ${sql.table(table)} where ${dialect.idIn('post_id', list)}`.execute(tx)
  for (const id of ids) await dialect.removeText(tx, 'post_search', id)
  await tx.deleteFrom('posts').where(dialect.idIn('id', list)).execute()
  return media.flatMap((row) => [row.file_key, row.preview_key]).filter((key) => key !== null)
}

// What hangs on posts, loaded for a whole page at once: one statement a table, whatever the page's length.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { MediaRow } from '../model/media.ts'
import type { CardOfPost, EventOfPost, Marks, Mentioned, TagOfPost } from '../model/post-view.ts'
import type { Post } from '../model/post.ts'
import type { Poll } from '../model/poll.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { idsIn, rowsOf, statement } from './dialects/statement.ts'
import { toPoll } from './polls.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Groups rows under the id that `keyOf` reads. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const selectPosts = prepared('posts by ids', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('posts')
    .selectAll()
    .where(dialect.idIn('id', parameter('ids'))),
)

export async function loadPosts(db: Db, ids: readonly number[]): Promise<Map<number, Post>> {
  if (ids.length === 0) return new Map()
  const rows = await selectPosts.all(db, { ids: dialectOf(db).idList(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}

const selectMedia = prepared('media of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('media')
    .selectAll()
    .where(dialect.idIn('post_id', parameter('ids')))
    .orderBy('post_id')
    .orderBy('position'),
)

export async function loadMedia(db: Db, postIds: readonly number[]): Promise<Map<number, MediaRow[]>> {
  const rows = await selectMedia.all(db, { ids: dialectOf(db).idList(postIds) })
  return groupBy(rows, (row) => row.post_id ?? 0)
}

const selectMentions = prepared('mentions of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('post_recipients as r')
    .innerJoin('accounts as a', 'a.id', 'r.account_id')
    .select(['r.post_id as postId', 'a.id as accountId', 'a.username as username', 'a.domain as domain'])
    .select(sql<string>`coalesce(a.url, a.uri)`.as('url'))
    .where(dialect.idIn('r.post_id', parameter('ids')))
    .where('r.kind', '=', 'mention')
    .orderBy('r.post_id')
    .orderBy('a.id'),
)

export async function loadMentions(db: Db, postIds: readonly number[]): Promise<Map<number, Mentioned[]>> {
  const rows = await selectMentions.all(db, { ids: dialectOf(db).idList(postIds) })
  return groupBy(rows, (row) => row.postId)
}

const selectTags = prepared('tags of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('post_tags as p')
    .innerJoin('tags as t', 't.id', 'p.tag_id')
    .select(['p.post_id as postId', 't.name as name'])
    .where(dialect.idIn('p.post_id', parameter('ids')))
    .orderBy('t.id'),
)

export async function loadTags(db: Db, postIds: readonly number[]): Promise<Map<number, TagOfPost[]>> {
  const rows = await selectTags.all(db, { ids: dialectOf(db).idList(postIds) })
  return groupBy(rows, (row) => row.postId)
}

const selectPolls = prepared('polls of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('polls')
    .selectAll()
    .where(dialect.idIn('post_id', parameter('ids'))),
)

export async function loadPolls(db: Db, postIds: readonly number[]): Promise<Map<number, Poll>> {
  const rows = await selectPolls.all(db, { ids: dialectOf(db).idList(postIds) })
  return new Map(rows.map((row) => [row.post_id, toPoll(row)]))
}

const selectEvents = prepared('events of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('events')
    .select(['post_id', 'starts_at', 'ends_at', 'place', 'status'])
    .where(dialect.idIn('post_id', parameter('ids'))),
)

export async function loadEvents(db: Db, postIds: readonly number[]): Promise<Map<number, EventOfPost>> {
  const rows = await selectEvents.all(db, { ids: dialectOf(db).idList(postIds) })
  return new Map(rows.map((row) => [row.post_id, row]))
}

const selectCards = prepared('cards of posts', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('post_cards as p')
    .innerJoin('cards as c', 'c.id', 'p.card_id')
    .select([
      'p.post_id',
      'c.id',
      'c.card',
      'c.image_key',
      'c.image_remote_url',
      'c.fetched_at',
      'c.created_at',
    ])
    .where(dialect.idIn('p.post_id', parameter('ids')))
    .where('c.state', '=', 'ready'),
)

export async function loadCards(db: Db, postIds: readonly number[]): Promise<Map<number, CardOfPost>> {
  const rows = await selectCards.all(db, { ids: dialectOf(db).idList(postIds) })
  return new Map(
    rows.map((row) => [
      row.post_id,
      {
        postId: row.post_id,
        id: row.id,
        card: row.card,
        imageKey: row.image_key,
        hasImage: row.image_remote_url !== null,
        updatedAt: row.fetched_at ?? row.created_at,
      },
    ]),
  )
}

export const NO_MARKS: Marks = {
  liked: false,
  boosted: false,
  bookmarked: false,
  pinned: false,
  threadMuted: false,
}

/** The reader's marks on posts (never on boosts themselves), by post id; posts without a mark are absent. */
export async function loadMarks(
  db: Db,
  viewerId: number,
  posts: readonly Post[],
): Promise<Map<number, Marks>> {
  const ids = posts.map((post) => post.id)
  const threads = [...new Set(posts.map((post) => post.thread_id))]
  const rows = await rowsOf<{ kind: string; id: number }>(
    db,
    statement`
    select 'liked' as kind, post_id as id from reactions
      where account_id = ${viewerId} and kind = 'like' and ${idsIn(db, 'post_id', ids)}
    union all select 'boosted', boost_of_id from posts
      where account_id = ${viewerId} and ${idsIn(db, 'boost_of_id', ids)}
    union all select 'bookmarked', post_id from bookmarks
      where account_id = ${viewerId} and ${idsIn(db, 'post_id', ids)}
    union all select 'pinned', post_id from pins where account_id = ${viewerId} and ${idsIn(db, 'post_id', ids)}
    union all select 'thread', thread_id from thread_mutes
      where account_id = ${viewerId} and ${idsIn(db, 'thread_id', threads)}`,
  )
  const mutedThreads = new Set(rows.filter((row) => row.kind === 'thread').map((row) => row.id))
  const marks = new Map<number, Marks>()
  const markOf = (id: number): Marks => {
    const known = marks.get(id) ?? { ...NO_MARKS }
    marks.set(id, known)
    return known
  }
  for (const row of rows)
    if (row.kind !== 'thread')
      markOf(row.id)[row.kind as 'liked' | 'boosted' | 'bookmarked' | 'pinned'] = true
  for (const post of posts) if (mutedThreads.has(post.thread_id)) markOf(post.id).threadMuted = true
  return marks
}

/** The reader's own choices in polls, by post id. */
export async function loadOwnVotes(
  db: Db,
  viewerId: number,
  postIds: readonly number[],
): Promise<Map<number, number[]>> {
  const rows = await rowsOf<{ post_id: number; choice: number }>(
    db,
    statement`select post_id, choice from poll_votes
      where ${idsIn(db, 'post_id', postIds)} and account_id = ${viewerId} order by choice`,
  )
  return new Map(
    [...groupBy(rows, (row) => row.post_id)].map(([id, votes]) => [id, votes.map((vote) => vote.choice)]),
  )
}

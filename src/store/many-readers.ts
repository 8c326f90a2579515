// How many readers stand to the same few posts, in a handful of statements however many readers there are.
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { NO_MARKS } from './post-views.ts'
import type { Marks } from '../model/post-view.ts'
import type { Post } from '../model/post.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** What one reader has to do with the posts; sets hold account ids of authors, or post ids where it says so. */
export interface ReaderTies {
  follows: Set<number>
  blocking: Set<number>
  blockedBy: Set<number>
  muting: Set<number>
  domainBlocking: Set<number>
  /** Posts that name the reader. */
  named: Set<number>
  /** Groups that the reader is in. */
  groups: Set<number>
  /** By post. */
  marks: Map<number, Marks>
  /** By post: choices in its poll. */
  votes: Map<number, number[]>
}

export interface ReadersQuestion {
  readerIds: readonly number[]
  posts: readonly Post[]
  /** Posts among them that have a poll. */
  pollIds: readonly number[]
  /** Decides which mutes have expired. */
  now: number
}

interface Row {
  kind: string
  reader: number
  id: number
}

/** Everything that ties each of `readerIds` (at most some hundreds) to the posts and their authors. */
export async function loadReaderTies(db: Db, question: ReadersQuestion): Promise<Map<number, ReaderTies>> {
  const ties = new Map(question.readerIds.map((id) => [id, noTies()]))
  if (ties.size === 0 || question.posts.length === 0) return ties
  for (const query of [relationRows(db, question), postRows(db, question)]) {
    const { rows } = await query.execute(db)
    for (const row of rows) {
      const reader = ties.get(row.reader)
      if (reader) note(reader, row, question.posts)
    }
  }
  if (question.pollIds.length > 0) await loadVotes(db, question, ties)
  return ties
}

function noTies(): ReaderTies {
  const empty = (): Set<number> => new Set()
  return {
    follows: empty(),
    blocking: empty(),
    blockedBy: empty(),
    muting: empty(),
    domainBlocking: empty(),
    named: empty(),
    groups: empty(),
    marks: new Map(),
    votes: new Map(),
  }
}

function relationRows(db: Db, { readerIds, posts, now }: ReadersQuestion): RawBuilder<Row> {
  const dialect = dialectOf(db)
  const readers = dialect.idList(readerIds)
  const authors = dialect.idList([...new Set(posts.map((post) => post.account_id))])
  const groups = dialect.idList([...new Set(posts.flatMap((post) => post.group_id ?? []))])
  const both = sql`${dialect.idIn('account_id', readers)} and ${dialect.idIn('target_id', authors)}`
  return sql<Row>`
    select 'follows' as kind, account_id as reader, target_id as id from follows where ${both} and accepted = 1
    union all select 'blocking', account_id, target_id from blocks where ${both}
    union all select 'blockedBy', target_id, account_id from blocks
      where ${dialect.idIn('target_id', readers)} and ${dialect.idIn('account_id', authors)}
    union all select 'muting', account_id, target_id from mutes
      where ${both} and (expires_at is null or expires_at > ${now})
    union all select 'domainBlocking', d.account_id, a.id from account_domain_blocks d
      join accounts a on a.domain = d.domain
      where ${dialect.idIn('d.account_id', readers)} and ${dialect.idIn('a.id', authors)}
    union all select 'groups', account_id, group_id from memberships
      where ${dialect.idIn('account_id', readers)} and ${dialect.idIn('group_id', groups)} and accepted = 1`
}

function postRows(db: Db, { readerIds, posts }: ReadersQuestion): RawBuilder<Row> {
  const dialect = dialectOf(db)
  const readers = dialect.idIn('account_id', dialect.idList(readerIds))
  const ids = dialect.idList(posts.map((post) => post.id))
  const threads = dialect.idList([...new Set(posts.map((post) => post.thread_id))])
  return sql<Row>`
    select 'named' as kind, account_id as reader, post_id as id from post_recipients
      where ${dialect.idIn('post_id', ids)} and ${readers}
    union all select 'liked', account_id, post_id from reactions
      where ${dialect.idIn('post_id', ids)} and ${readers} and kind = 'like'
    union all select 'boosted', account_id, boost_of_id from posts
      where ${dialect.idIn('boost_of_id', ids)} and ${readers}
    union all select 'bookmarked', account_id, post_id from bookmarks
      where ${dialect.idIn('post_id', ids)} and ${readers}
    union all select 'pinned', account_id, post_id from pins where ${dialect.idIn('post_id', ids)} and ${readers}
    union all select 'thread', account_id, thread_id from thread_mutes
      where ${dialect.idIn('thread_id', threads)} and ${readers}`
}

const SETS = ['follows', 'blocking', 'blockedBy', 'muting', 'domainBlocking', 'named', 'groups'] as const

function note(reader: ReaderTies, { kind, id }: Row, posts: readonly Post[]): void {
  const set = SETS.find((name) => name === kind)
  if (set) {
    reader[set].add(id)
    return
  }
  const marked =
    kind === 'thread' ? posts.filter((post) => post.thread_id === id).map((post) => post.id) : [id]
  const mark = kind === 'thread' ? 'threadMuted' : (kind as keyof Marks)
  for (const postId of marked)
    reader.marks.set(postId, { ...NO_MARKS, ...reader.marks.get(postId), [mark]: true })
}

async function loadVotes(
  db: Db,
  { readerIds, pollIds }: ReadersQuestion,
  ties: ReadonlyMap<number, ReaderTies>,
): Promise<void> {
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('poll_votes')
    .select(['account_id', 'post_id', 'choice'])
    .where(dialect.idIn('post_id', dialect.idList(pollIds)))
    .where(dialect.idIn('account_id', dialect.idList(readerIds)))
    .orderBy('choice')
    .execute()
  for (const row of rows) {
    const votes = ties.get(row.account_id)?.votes
    votes?.set(row.post_id, [...(votes.get(row.post_id) ?? []), row.choice])
  }
}

// How a reader stands to posts and their authors, kept in memory until something of it changes.
import { createLru } from '../../lib/lru.ts'
import type { Lru } from '../../lib/lru.ts'
import type { Standing } from '../../model/audience.ts'
import type { Marks, SharedPost } from '../../model/post-view.ts'
import type { Fact } from '../../model/facts.ts'
import type { Relation } from '../../model/relation.ts'
import { listFilters } from '../../store/filters.ts'
import { afterCommit, changesOf, isTransaction } from '../../store/open.ts'
import type { Db, Tx } from '../../store/open.ts'
import { loadStandings } from '../../store/post-standing.ts'
import { NO_MARKS, loadMarks, loadOwnVotes } from '../../store/post-views.ts'
import { loadRelations } from '../../store/relations.ts'
import type { Context } from '../context.ts'
import { createMatcher } from '../filters/match-filters.ts'
import type { FilterMatcher } from '../filters/match-filters.ts'

/** What is remembered of one reader. */
interface Memory {
  standings: Map<number, Standing>
  marks: Map<number, Marks>
  relations: Map<number, Relation>
  /** The reader's own choices in polls; only where the store tells of votes. */
  votes: Map<number, number[]>
  /** Null: the reader has no filters. */
  matcher?: FilterMatcher | null
}

/** Where the store does not tell of changes, verbs do; this long lives what another process could not tell of. */
const KEEP_MS = 10_000
const MOST_READERS = 5000
/** Beyond this many posts or accounts a reader's memory starts anew. */
const MOST_EACH = 2000
/** The key of those who are not signed in. */
const ANYBODY = 0

const memories = new WeakMap<Db, Lru<number, Memory>>()

function freshMemory(): Memory {
  return { standings: new Map(), marks: new Map(), relations: new Map(), votes: new Map() }
}

function memoryOf(db: Db, viewerId: number | undefined): Memory {
  if (isTransaction(db)) return freshMemory()
  const readers = memories.get(db) ?? createMemories(db)
  changesOf(db)?.look()
  const key = viewerId ?? ANYBODY
  const known = readers.get(key)
  if (known && known.standings.size < MOST_EACH && known.relations.size < MOST_EACH) return known
  const memory = freshMemory()
  readers.set(key, memory)
  return memory
}

function createMemories(db: Db): Lru<number, Memory> {
  const changes = changesOf(db)
  const readers = createLru<number, Memory>({ max: MOST_READERS, ...(changes ? {} : { ttl: KEEP_MS }) })
  memories.set(db, readers)
  changes?.hear((touched, id) => {
    if (touched === 'reader') readers.delete(id)
    else if (touched === 'readers' || touched === 'everything') readers.clear()
  })
  return readers
}

export interface OwnPage {
  standings: ReadonlyMap<number, Standing>
  marks: ReadonlyMap<number, Marks>
}

/** How the reader stands to these posts and what the reader did with them (no marks for those not signed in). */
export async function loadOwnPage(
  db: Db,
  viewerId: number | undefined,
  posts: Iterable<SharedPost>,
): Promise<OwnPage> {
  const memory = memoryOf(db, viewerId)
  const missing = [...posts].filter(({ post }) => !memory.standings.has(post.id))
  if (missing.length > 0) await learn(db, viewerId, missing, memory)
  return memory
}

async function learn(
  db: Db,
  viewerId: number | undefined,
  missing: readonly SharedPost[],
  memory: Memory,
): Promise<void> {
  const ids = missing.map(({ post }) => post.id)
  const asker = viewerId === undefined ? undefined : { id: viewerId, domain: '' }
  const standings = await loadStandings(db, asker, ids)
  const originals = missing.map(({ post }) => post).filter((post) => post.boost_of_id === null)
  const marks = viewerId === undefined ? undefined : await loadMarks(db, viewerId, originals)
  for (const id of ids) if (marks) memory.marks.set(id, marks.get(id) ?? NO_MARKS)
  for (const [id, standing] of standings) memory.standings.set(id, standing)
}

/** How an author stands to a post just written that answers nothing: nobody has done anything with it yet. */
export function rememberOwn(db: Db, tx: Tx, authorId: number, postId: number): void {
  if (!changesOf(db)) return
  afterCommit(tx, () => {
    const memory = memoryOf(db, authorId)
    memory.marks.set(postId, NO_MARKS)
    memory.standings.set(postId, {
      viewerId: authorId,
      viewerIsLocal: true,
      follows: false,
      isRecipient: false,
      isGroupMember: false,
      blockedByAuthor: false,
      authorGone: false,
    })
  })
}

/** The reader's relations with these accounts, as `loadRelations` gives them. */
export async function knowRelations(
  db: Db,
  viewerId: number,
  accountIds: Iterable<number>,
  now: number,
): Promise<ReadonlyMap<number, Relation>> {
  const memory = memoryOf(db, viewerId)
  const missing = [...accountIds].filter((id) => !memory.relations.has(id))
  if (missing.length > 0)
    for (const [id, relation] of await loadRelations(db, viewerId, missing, now))
      memory.relations.set(id, relation)
  return memory.relations
}

/** The reader's own choices in these polls, an empty list where there are none. */
export async function knowOwnVotes(
  db: Db,
  viewerId: number,
  polls: readonly number[],
): Promise<ReadonlyMap<number, number[]>> {
  if (!changesOf(db)) return loadOwnVotes(db, viewerId, polls)
  const { votes } = memoryOf(db, viewerId)
  const missing = polls.filter((id) => !votes.has(id))
  if (missing.length === 0) return votes
  const found = await loadOwnVotes(db, viewerId, missing)
  for (const id of missing) votes.set(id, found.get(id) ?? [])
  return votes
}

/** Compares posts with the reader's filters; undefined when there are none. */
export async function knowFilters(db: Db, viewerId: number): Promise<FilterMatcher | undefined> {
  const memory = memoryOf(db, viewerId)
  if (memory.matcher === undefined) memory.matcher = createMatcher(await listFilters(db, viewerId)) ?? null
  return memory.matcher ?? undefined
}

/** The channel on which processes tell each other whose memory to drop. */
export const READERS_CHANNEL = 'readers:changed'

/** Once the transaction is committed, what is remembered of these readers is dropped, here and in other processes. */
export function forgetReaders(ctx: Context, tx: Tx, accountIds: readonly number[] | 'all'): void {
  afterCommit(tx, () => {
    dropReaders(ctx.store.read, accountIds)
    ctx.live.publish(READERS_CHANNEL, accountIds)
  })
}

/** Drops what is remembered in this process. */
export function dropReaders(db: Db, accountIds: readonly number[] | 'all'): void {
  const readers = memories.get(db)
  if (!readers) return
  if (accountIds === 'all') readers.clear()
  else for (const id of accountIds) readers.delete(id)
}

/** Whose memory a fact makes stale; undefined for facts that change nobody's. */
export function readersTouchedBy(fact: Fact): readonly number[] | 'all' | undefined {
  switch (fact.type) {
    case 'account-suspended':
    case 'account-unsuspended':
    case 'account-deleted':
      return 'all'
    case 'follow-requested':
    case 'follow-accepted':
    case 'follow-rejected':
    case 'follow-undone':
    case 'block-added':
    case 'block-removed':
    case 'account-moved':
      return [fact.accountId, fact.targetId]
    case 'post-boosted':
    case 'reaction-added':
    case 'post-pinned':
    case 'post-unpinned':
      return [fact.accountId]
    case 'boost-undone':
      return [fact.boost.accountId]
    case 'reaction-undone':
      return [fact.reaction.accountId]
    default:
      return undefined
  }
}

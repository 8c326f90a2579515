// Pages of what everyone may see, cut by id: an account's posts, replies to a post, a thread, a hashtag, followers of a host.
import type { Kysely, SelectQueryBuilder } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { pageOver } from './paging.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface CollectionWindow {
  /** Only ids below this one. */
  maxId?: number
  limit: number
}

/** Nothing but this may ever be listed for strangers: open audience, not for this server alone, by an author in good standing. */
function openPosts(db: Db) {
  return db
    .selectFrom('posts as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .where('p.audience', 'in', ['public', 'unlisted'])
    .where('p.local_only', '=', 0)
    .where('a.suspended_at', 'is', null)
    .where('a.deleted_at', 'is', null)
}

export interface ListedPost {
  id: number
  uri: string
  boostOfId: number | null
}

function listed<DB, TB extends keyof DB, O extends ListedPost>(
  query: SelectQueryBuilder<DB, TB, O>,
  window: CollectionWindow,
): Promise<O[]> {
  return pageOver(query, 'p.id', window)
}

const SHOWN = ['p.id as id', 'p.uri as uri', 'p.boost_of_id as boostOfId'] as const

/** The open posts and boosts of an account, newest first. */
export async function pageAuthored(
  db: Db,
  accountId: number,
  window: CollectionWindow,
): Promise<ListedPost[]> {
  return listed(openPosts(db).select(SHOWN).where('p.account_id', '=', accountId), window)
}

/** The open replies to a post, newest first. */
export async function pageReplies(db: Db, postId: number, window: CollectionWindow): Promise<ListedPost[]> {
  return listed(openPosts(db).select(SHOWN).where('p.in_reply_to_id', '=', postId), window)
}

/** The open posts of a thread, newest first. */
export async function pageThread(db: Db, threadId: number, window: CollectionWindow): Promise<ListedPost[]> {
  return listed(
    openPosts(db).select(SHOWN).where('p.thread_id', '=', threadId).where('p.boost_of_id', 'is', null),
    window,
  )
}

/** Public posts of our own people with a hashtag, newest first. */
export async function pageTagged(db: Db, tagName: string, window: CollectionWindow): Promise<ListedPost[]> {
  const query = openPosts(db)
    .innerJoin('post_tags as pt', 'pt.post_id', 'p.id')
    .innerJoin('tags as t', 't.id', 'pt.tag_id')
    .select(SHOWN)
    .where('t.name', '=', tagName)
    .where('p.audience', '=', 'public')
    .where('p.local', '=', 1)
  return listed(query, window)
}

/** The pinned posts that everyone may see, newest pin first. */
export async function listOpenPins(db: Db, accountId: number, limit: number): Promise<number[]> {
  const rows = await openPosts(db)
    .innerJoin('pins as pin', 'pin.post_id', 'p.id')
    .select('p.id as id')
    .where('pin.account_id', '=', accountId)
    .orderBy('pin.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Hashtags that an account features. */
export async function listFeaturedTagNames(
  db: Db,
  accountId: number,
): Promise<{ name: string; displayName: string }[]> {
  return db
    .selectFrom('featured_tags as f')
    .innerJoin('tags as t', 't.id', 'f.tag_id')
    .select(['t.name as name', 't.display_name as displayName'])
    .where('f.account_id', '=', accountId)
    .orderBy('f.id')
    .limit(100)
    .execute()
}

/** Followers whose ids lie on a host (with its port): what that host and we must agree about (FEP-8fcf). */
export async function listFollowersOfHost(db: Db, accountId: number, host: string): Promise<string[]> {
  const rows = await db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.account_id')
    .select('a.uri as uri')
    .where('f.target_id', '=', accountId)
    .where('f.accepted', '=', 1)
    .where('a.protocol', '=', 'activitypub')
    .where(dialectOf(db).urlHost('a.uri'), '=', host)
    .execute()
  return rows.map((row) => row.uri)
}

/** Whether an operator refuses all contact with a domain or one above it. */
export async function isSuspendedDomain(db: Db, domain: string): Promise<boolean> {
  const bare = domain.replace(/:\d+$/, '')
  const labels = bare.split('.')
  const parents = labels.map((_, at) => labels.slice(at).join('.'))
  const row = await db
    .selectFrom('domain_policies')
    .select('id')
    .where('severity', '=', 'suspend')
    .where('domain', 'in', [domain, ...parents])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether an account blocks who asks, or the whole server of who asks. */
export async function isBlockedBy(
  db: Db,
  accountId: number,
  asker: { id: number; domain: string },
): Promise<boolean> {
  const block = db
    .selectFrom('blocks')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('target_id', '=', asker.id)
  const domainBlock = db
    .selectFrom('account_domain_blocks')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('domain', '=', asker.domain)
  return (await block.unionAll(domainBlock).limit(1).executeTakeFirst()) !== undefined
}

// What documents for other servers need beyond the posts themselves: who and what they refer to, a batch at a time.
import type { Kysely, Selectable } from 'kysely'
import type { RecipientKind } from '../model/post.ts'
import { dialectOf } from './dialects/handles.ts'
import { groupBy } from './post-views.ts'
import type { EventsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** An account that a post names, or that it silently addresses. */
export interface Addressee {
  postId: number
  accountId: number
  kind: RecipientKind
  uri: string
  username: string
  /** '' for our own. */
  domain: string
  inbox: string | null
  sharedInbox: string | null
}

/** The recipients of each post, in the order of their ids. */
export async function loadAddressees(db: Db, postIds: readonly number[]): Promise<Map<number, Addressee[]>> {
  if (postIds.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('post_recipients as r')
    .innerJoin('accounts as a', 'a.id', 'r.account_id')
    .select(['r.post_id as postId', 'r.account_id as accountId', 'r.kind as kind'])
    .select(['a.uri as uri', 'a.username as username', 'a.domain as domain'])
    .select(['a.inbox as inbox', 'a.shared_inbox as sharedInbox'])
    .where(dialect.idIn('r.post_id', dialect.idList(postIds)))
    .orderBy('r.post_id')
    .orderBy('a.id')
    .execute()
  return groupBy(
    rows.map((row) => ({ ...row, kind: row.kind as RecipientKind })),
    (row) => row.postId,
  )
}

/** Hashtags with the spelling to show. */
export async function loadShownTags(
  db: Db,
  postIds: readonly number[],
): Promise<Map<number, { postId: number; name: string; displayName: string }[]>> {
  if (postIds.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('post_tags as p')
    .innerJoin('tags as t', 't.id', 'p.tag_id')
    .select(['p.post_id as postId', 't.name as name', 't.display_name as displayName'])
    .where(dialect.idIn('p.post_id', dialect.idList(postIds)))
    .orderBy('t.id')
    .execute()
  return groupBy(rows, (row) => row.postId)
}

/** The events among posts, with all particulars. */
export async function loadEventRows(
  db: Db,
  postIds: readonly number[],
): Promise<Map<number, Selectable<EventsTable>>> {
  if (postIds.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(dialect.idIn('post_id', dialect.idList(postIds)))
    .execute()
  return new Map(rows.map((row) => [row.post_id, row]))
}

/** A post that others refer to (what they answer, quote, boost, or the beginning of their thread), with its author. */
export interface Referred {
  id: number
  uri: string
  url: string | null
  local: boolean
  accountId: number
  authorUri: string
}

export async function loadReferred(db: Db, ids: readonly number[]): Promise<Map<number, Referred>> {
  if (ids.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('posts as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['p.id as id', 'p.uri as uri', 'p.url as url', 'p.local as local'])
    .select(['p.account_id as accountId', 'a.uri as authorUri'])
    .where(dialect.idIn('p.id', dialect.idList(ids)))
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, local: row.local === 1 }]))
}

/** The addresses by which an account goes in documents. */
export interface AccountAddress {
  id: number
  uri: string
  username: string
  domain: string
  protocol: string
  inbox: string | null
  sharedInbox: string | null
  followersUri: string | null
}

export async function loadAddresses(db: Db, ids: readonly number[]): Promise<Map<number, AccountAddress>> {
  if (ids.length === 0) return new Map()
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'uri', 'username', 'domain', 'protocol', 'inbox'])
    .select(['shared_inbox as sharedInbox', 'followers_uri as followersUri'])
    .where(dialect.idIn('id', dialect.idList(ids)))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The circles' members are told of no other member: recipients by the inbox that reaches them. */
export function byInbox(addressees: readonly Addressee[]): Map<string, Addressee[]> {
  const groups = new Map<string, Addressee[]>()
  for (const addressee of addressees) {
    const inbox = addressee.sharedInbox ?? addressee.inbox
    if (addressee.domain === '' || inbox === null) continue
    groups.set(inbox, [...(groups.get(inbox) ?? []), addressee])
  }
  return groups
}

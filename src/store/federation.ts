// What documents for other servers need beyond the posts themselves: who and what they refer to, a batch at a time.
import type { Kysely, Selectable } from 'kysely'
import type { RecipientKind } from '../model/post.ts'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
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
const selectAddressees = prepared(
  'addressees of posts',
  (db, parameter: Parameter<{ ids: string }>, dialect) =>
    db
      .selectFrom('post_recipients as r')
      .innerJoin('accounts as a', 'a.id', 'r.account_id')
      .select(['r.post_id as postId', 'r.account_id as accountId', 'r.kind as kind'])
      .select(['a.uri as uri', 'a.username as username', 'a.domain as domain'])
      .select(['a.inbox as inbox', 'a.shared_inbox as sharedInbox'])
      .where(dialect.idIn('r.post_id', parameter('ids')))
      .orderBy('r.post_id')
      .orderBy('a.id'),
)

export async function loadAddressees(db: Db, postIds: readonly number[]): Promise<Map<number, Addressee[]>> {
  if (postIds.length === 0) return new Map()
  const rows = await selectAddressees.all(db, { ids: dialectOf(db).idList(postIds) })
  return groupBy(
    rows.map((row) => ({ ...row, kind: row.kind as RecipientKind })),
    (row) => row.postId,
  )
}

/** Hashtags with the spelling to show. */
const selectShownTags = prepared(
  'shown tags of posts',
  (db, parameter: Parameter<{ ids: string }>, dialect) =>
    db
      .selectFrom('post_tags as p')
      .innerJoin('tags as t', 't.id', 'p.tag_id')
      .select(['p.post_id as postId', 't.name as name', 't.display_name as displayName'])
      .where(dialect.idIn('p.post_id', parameter('ids')))
      .orderBy('t.id'),
)

export async function loadShownTags(
  db: Db,
  postIds: readonly number[],
): Promise<Map<number, { postId: number; name: string; displayName: string }[]>> {
  if (postIds.length === 0) return new Map()
  const rows = await selectShownTags.all(db, { ids: dialectOf(db).idList(postIds) })
  return groupBy(rows, (row) => row.postId)
}

/** The events among posts, with all particulars. */
const selectEventRows = prepared(
  'event rows of posts',
  (db, parameter: Parameter<{ ids: string }>, dialect) =>
    db
      .selectFrom('events')
      .selectAll()
      .where(dialect.idIn('post_id', parameter('ids'))),
)

export async function loadEventRows(
  db: Db,
  postIds: readonly number[],
): Promise<Map<number, Selectable<EventsTable>>> {
  if (postIds.length === 0) return new Map()
  const rows = await selectEventRows.all(db, { ids: dialectOf(db).idList(postIds) })
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

const selectReferred = prepared('referred', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('posts as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['p.id as id', 'p.uri as uri', 'p.url as url', 'p.local as local'])
    .select(['p.account_id as accountId', 'a.uri as authorUri'])
    .where(dialect.idIn('p.id', parameter('ids'))),
)

export async function loadReferred(db: Db, ids: readonly number[]): Promise<Map<number, Referred>> {
  if (ids.length === 0) return new Map()
  const rows = await selectReferred.all(db, { ids: dialectOf(db).idList(ids) })
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
  /** Moderators cover all of its media. */
  sensitizedAt: number | null
}

const selectAddresses = prepared('addresses', (db, parameter: Parameter<{ ids: string }>, dialect) =>
  db
    .selectFrom('accounts')
    .select(['id', 'uri', 'username', 'domain', 'protocol', 'inbox'])
    .select(['shared_inbox as sharedInbox', 'followers_uri as followersUri'])
    .select('sensitized_at as sensitizedAt')
    .where(dialect.idIn('id', parameter('ids'))),
)

export async function loadAddresses(db: Db, ids: readonly number[]): Promise<Map<number, AccountAddress>> {
  if (ids.length === 0) return new Map()
  const rows = await selectAddresses.all(db, { ids: dialectOf(db).idList(ids) })
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

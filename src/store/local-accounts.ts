// What only accounts of this server have, removed when one of them ends.
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { removeChunk } from './remove-chunk.ts'
import type { Chunk } from './remove-chunk.ts'
import type { Tables } from './schema.ts'

type Tx = Transaction<Tables>

/** Removes who signs in, so that the e-mail address is free again. */
export async function removeUser(tx: Tx, accountId: number): Promise<void> {
  await tx.deleteFrom('email_tokens').where('account_id', '=', accountId).execute()
  await tx.deleteFrom('users').where('account_id', '=', accountId).execute()
}

/** Tables that hang on a table of `OWN`: their primary key, and how they name the owner. */
const OF_OWN: Record<string, [key: string, owned: string]> = {
  list_members: ['list_id, account_id', 'list_id in (select id from lists where account_id = ?)'],
  collection_items: ['id', 'collection_id in (select id from collections where account_id = ?)'],
  circle_members: ['circle_id, account_id', 'circle_id in (select id from circles where account_id = ?)'],
  post_circles: ['post_id, circle_id', 'circle_id in (select id from circles where account_id = ?)'],
  filter_keywords: ['id', 'filter_id in (select id from filters where account_id = ?)'],
  filter_posts: ['id', 'filter_id in (select id from filters where account_id = ?)'],
  feed_entries: ['feed_id, post_id', 'feed_id in (select id from lists where account_id = ?)'],
}

/** Tables whose `account_id` is the owner, with their primary keys; each has an index for it. */
const OWN: Record<string, string> = {
  bookmarks: 'account_id, post_id',
  pins: 'account_id, post_id',
  thread_mutes: 'account_id, thread_id',
  tag_follows: 'account_id, tag_id',
  featured_tags: 'id',
  conversations: 'id',
  notifications: 'id',
  notification_policies: 'account_id',
  notification_requests: 'id',
  notification_permissions: 'account_id, from_id',
  markers: 'account_id, timeline',
  filters: 'id',
  idempotency: 'account_id, key',
  scheduled_posts: 'id',
  drafts: 'id',
  mutes: 'account_id, target_id',
  blocks: 'account_id, target_id',
  account_domain_blocks: 'account_id, domain',
  account_notes: 'account_id, target_id',
  endorsements: 'account_id, target_id',
  memberships: 'group_id, account_id',
  circles: 'id',
  lists: 'id',
  collections: 'id',
  imports: 'id',
  archives: 'id',
  post_retention: 'account_id',
  invites: 'id',
  push_subscriptions: 'id',
  announcement_reads: 'account_id, announcement_id',
  suggestions_hidden: 'account_id, target_id',
  active_days: 'day, account_id',
  severances: 'id',
  pending_removals: 'account_id',
}

/** Where others' rows name the account, each found by an index. */
const NAMING: readonly [table: string, key: string, named: string][] = [
  ['notifications', 'id', 'from_id = ?'],
  ['blocks', 'account_id, target_id', 'target_id = ?'],
  ['mutes', 'account_id, target_id', 'target_id = ?'],
  ['list_members', 'list_id, account_id', 'account_id = ?'],
  ['circle_members', 'circle_id, account_id', 'account_id = ?'],
  ['collection_items', 'id', 'account_id = ?'],
  ['event_answers', 'post_id, account_id', 'account_id = ?'],
]

/**
 * Removes up to `limit` rows of one table that belong to the account or name it; true when none is left in any. The row of the
 * account and its keys stay: they sign what is still to be told.
 */
export async function removeOwnRows(tx: Tx, accountId: number, limit: number): Promise<boolean> {
  for (const [table, [key, owned]] of Object.entries(OF_OWN))
    if ((await removeSome(tx, { table, key, owned, accountId, limit })) > 0) return false
  const home = { table: 'feed_entries', key: 'feed_id, post_id', owned: 'feed_id = ?' }
  if ((await removeSome(tx, { ...home, accountId, limit })) > 0) return false
  for (const [table, key] of Object.entries(OWN))
    if ((await removeSome(tx, { table, key, owned: 'account_id = ?', accountId, limit })) > 0) return false
  for (const [table, key, owned] of NAMING)
    if ((await removeSome(tx, { table, key, owned, accountId, limit })) > 0) return false
  return true
}

interface Owned {
  table: string
  key: string
  /** A condition with `?` for the account. */
  owned: string
  accountId: number
  limit: number
}

async function removeSome(tx: Tx, { table, key, owned, accountId, limit }: Owned): Promise<number> {
  const [before = '', after = ''] = owned.split('?')
  const where = sql`${sql.raw(before)}${accountId}${sql.raw(after)}`
  return removeChunk(tx, { table: table as Chunk['table'], key, where, limit })
}

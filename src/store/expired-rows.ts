// What has a time after which nobody needs it: removed a chunk at a time.
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { removeChunk } from './remove-chunk.ts'
import type { Chunk } from './remove-chunk.ts'
import type { Tables } from './schema.ts'

type Sort = Pick<Chunk, 'table' | 'key'> & { where: (before: number) => RawBuilder<unknown> }

const sort = <T extends Sort>(one: T): T => one

const DAY_MS = 86_400_000
/** The day of a moment, counted since 1970. */
const dayOf = (time: number): number => Math.floor(time / DAY_MS)

/** By name: the rows whose time lies before a moment. */
const SORTS = {
  sessions: sort({ table: 'sessions', key: 'id', where: (t) => sql`expires_at < ${t}` }),
  'email tokens': sort({ table: 'email_tokens', key: 'token_hash', where: (t) => sql`expires_at < ${t}` }),
  grants: sort({ table: 'grants', key: 'code_hash', where: (t) => sql`expires_at < ${t}` }),
  'idempotency keys': sort({
    table: 'idempotency',
    key: 'account_id, key',
    where: (t) => sql`created_at < ${t}`,
  }),
  mutes: sort({
    table: 'mutes',
    key: 'account_id, target_id',
    where: (t) => sql`expires_at is not null and expires_at < ${t}`,
  }),
  'received activities': sort({
    table: 'received_activities',
    key: 'uri',
    where: (t) => sql`received_at < ${t}`,
  }),
  tombstones: sort({ table: 'tombstones', key: 'uri', where: (t) => sql`deleted_at < ${t}` }),
  archives: sort({ table: 'archives', key: 'id', where: (t) => sql`expires_at < ${t}` }),
  drafts: sort({ table: 'drafts', key: 'id', where: (t) => sql`updated_at < ${t}` }),
  'attempts at blocked mail domains': sort({
    table: 'email_domain_attempts',
    key: 'block_id, day, address',
    where: (t) => sql`day < ${dayOf(t)}`,
  }),
  'who was active': sort({
    table: 'active_days',
    key: 'day, account_id',
    where: (t) => sql`day < ${dayOf(t)}`,
  }),
  'day counts': sort({ table: 'day_counts', key: 'day, key', where: (t) => sql`day < ${dayOf(t)}` }),
  'dead jobs': sort({ table: 'dead_jobs', key: 'id', where: (t) => sql`failed_at < ${t}` }),
} as const

export type ExpiringSort = keyof typeof SORTS

/** Removes rows whose time lies before `before`, at most `limit`; says how many. */
export async function removeExpired(
  tx: Transaction<Tables>,
  name: ExpiringSort,
  before: number,
  limit: number,
): Promise<number> {
  const { table, key, where } = SORTS[name]
  return removeChunk(tx, { table, key, where: where(before), limit })
}

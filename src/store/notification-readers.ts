// How people of this server stand to somebody who would notify them, read for many of them at once.
import type { Kysely } from 'kysely'
import { idsIn, rowsOf, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface NotificationReader {
  accountId: number
  /** What they decided about strangers, JSON text. */
  policy: string | null
  blocks: boolean
  blockedBy: boolean
  mutes: boolean
  blocksDomain: boolean
  mutesThread: boolean
  follows: boolean
  /** Since when the other follows them, in milliseconds. */
  followedSince: number | null
  /** They let everything from the other through. */
  permits: boolean
}

/** The local people among `accountIds`; `from` is who acts, `threadId` 0 where there is no thread. */
export async function listNotificationReaders(
  db: Db,
  accountIds: readonly number[],
  from: { id: number; domain: string; threadId: number; now: number },
): Promise<NotificationReader[]> {
  if (accountIds.length === 0) return []
  const rows = await rowsOf<Record<string, number | string | null>>(
    db,
    statement`select u.account_id, np.policy,
      ${flag(statement`select 1 from blocks b where b.account_id = u.account_id and b.target_id = ${from.id}`)} as blocks,
      ${flag(statement`select 1 from blocks b where b.account_id = ${from.id} and b.target_id = u.account_id`)} as blocked_by,
      ${flag(statement`select 1 from mutes m where m.account_id = u.account_id and m.target_id = ${from.id}
        and m.hide_notifications = 1 and (m.expires_at is null or m.expires_at > ${from.now})`)} as mutes,
      ${flag(statement`select 1 from account_domain_blocks d
        where d.account_id = u.account_id and d.domain = ${from.domain}`)} as blocks_domain,
      ${flag(statement`select 1 from thread_mutes t
        where t.account_id = u.account_id and t.thread_id = ${from.threadId}`)} as mutes_thread,
      ${flag(statement`select 1 from follows f
        where f.account_id = u.account_id and f.target_id = ${from.id} and f.accepted = 1`)} as follows,
      (select f.created_at from follows f
        where f.account_id = ${from.id} and f.target_id = u.account_id and f.accepted = 1) as followed_since,
      ${flag(statement`select 1 from notification_permissions p
        where p.account_id = u.account_id and p.from_id = ${from.id}`)} as permits
    from users u left join notification_policies np on np.account_id = u.account_id
    where ${idsIn(db, 'u.account_id', accountIds)}`,
  )
  return rows.map(toReader)
}

function flag(query: Statement): Statement {
  return statement`case when exists (${query}) then 1 else 0 end`
}

function toReader(row: Record<string, number | string | null>): NotificationReader {
  return {
    accountId: Number(row['account_id']),
    policy: row['policy'] as string | null,
    blocks: row['blocks'] === 1,
    blockedBy: row['blocked_by'] === 1,
    mutes: row['mutes'] === 1,
    blocksDomain: row['blocks_domain'] === 1,
    mutesThread: row['mutes_thread'] === 1,
    follows: row['follows'] === 1,
    followedSince: row['followed_since'] as number | null,
    permits: row['permits'] === 1,
  }
}

// What people are told about: the rows, and taking them back.
import type { Insertable, Kysely } from 'kysely'
import { sql } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import type { NotificationsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface AddedNotification {
  id: number
  accountId: number
  filtered: boolean
}

/** Adds notifications and gives those that are new; what somebody was told already is passed over. */
export async function insertNotifications(
  db: Db,
  notifications: readonly Insertable<NotificationsTable>[],
): Promise<AddedNotification[]> {
  if (notifications.length === 0) return []
  const rows = await db
    .insertInto('notifications')
    .values(notifications)
    .onConflict((conflict) => conflict.columns(['account_id', 'kind', 'from_id', 'subject_id']).doNothing())
    .returning(['id', 'account_id', 'filtered'])
    .execute()
  return rows.map((row) => ({ id: row.id, accountId: row.account_id, filtered: row.filtered === 1 }))
}

/** Counts one more filtered notification from `fromId` for each account, for them to decide about. */
export async function addToRequests(
  db: Db,
  request: {
    accountIds: readonly number[]
    fromId: number
    postId: number | null
    now: number
    nextId: () => number
  },
): Promise<void> {
  if (request.accountIds.length === 0) return
  await db
    .insertInto('notification_requests')
    .values(
      request.accountIds.map((accountId) => ({
        id: request.nextId(),
        account_id: accountId,
        from_id: request.fromId,
        last_post_id: request.postId,
        notifications_count: 1,
        created_at: request.now,
        updated_at: request.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'from_id']).doUpdateSet({
        last_post_id: sql`coalesce(excluded.last_post_id, notification_requests.last_post_id)`,
        notifications_count: sql`notification_requests.notifications_count + 1`,
        updated_at: sql`excluded.updated_at`,
      }),
    )
    .execute()
}

export interface NotificationKey {
  accountId: number
  kind: string
  fromId: number
  subjectId: number
}

/** Takes one notification back; nothing changes when there is none. */
export async function removeNotification(db: Db, key: NotificationKey): Promise<void> {
  await db
    .deleteFrom('notifications')
    .where('account_id', '=', key.accountId)
    .where('kind', '=', key.kind)
    .where('from_id', '=', key.fromId)
    .where('subject_id', '=', key.subjectId)
    .execute()
}

/** Takes back everything `fromId` caused for `accountId`. */
export async function removeNotificationsFrom(db: Db, accountId: number, fromId: number): Promise<void> {
  await db
    .deleteFrom('notifications')
    .where('from_id', '=', fromId)
    .where('account_id', '=', accountId)
    .execute()
  await db
    .deleteFrom('notification_requests')
    .where('account_id', '=', accountId)
    .where('from_id', '=', fromId)
    .execute()
}

/** Takes back what was told about a post, at most `limit` rows; says how many. */
export async function removeNotificationsAbout(db: Db, postId: number, limit: number): Promise<number> {
  const rows = await db
    .deleteFrom('notifications')
    .where('id', 'in', (eb) =>
      eb.selectFrom('notifications').select('id').where('post_id', '=', postId).limit(limit),
    )
    .returning('id')
    .execute()
  return rows.length
}

/** Users with one of these roles. */
export async function listUsersWithRole(db: Db, roles: readonly string[], limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('users')
    .select('account_id')
    .where('role', 'in', roles)
    .where('disabled_at', 'is', null)
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

/** Local people who boosted the post, by account id after `afterId`. */
export async function listLocalBoosters(
  db: Db,
  postId: number,
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('posts as b')
    .innerJoin('users as u', 'u.account_id', 'b.account_id')
    .select('b.account_id')
    .where('b.boost_of_id', '=', postId)
    .where('b.account_id', '>', afterId)
    .orderBy('b.account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

/** Local authors whose accepted quotes show the post. */
export async function listLocalQuoters(db: Db, postId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('posts as q')
    .select('q.account_id')
    .distinct()
    .where('q.quote_of_id', '=', postId)
    .where('q.quote_state', '=', 'accepted')
    .where('q.local', '=', 1)
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

const localFollowers = prepared(
  'local followers',
  (db, parameter: Parameter<{ accountId: number; afterId: number; limit: number; notify: number }>) =>
    db
      .selectFrom('follows as f')
      .innerJoin('users as u', 'u.account_id', 'f.account_id')
      .select('f.account_id')
      .where('f.target_id', '=', parameter('accountId'))
      .where('f.accepted', '=', 1)
      .where('f.account_id', '>', parameter('afterId'))
      .where('f.notify', '>=', parameter('notify'))
      .orderBy('f.account_id')
      .limit(parameter('limit')),
)

/** Local followers by account id after `afterId`; with `notify`, only those who asked to be told of every post. */
export async function listLocalFollowers(
  db: Db,
  accountId: number,
  page: { afterId: number; limit: number; notify: boolean },
): Promise<number[]> {
  const { afterId, limit } = page
  const rows = await localFollowers.all(db, { accountId, afterId, limit, notify: page.notify ? 1 : 0 })
  return rows.map((row) => row.account_id)
}

/** Which of these accounts are people of this server. */
export async function listUsersAmong(db: Db, accountIds: readonly number[]): Promise<number[]> {
  if (accountIds.length === 0) return []
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('users')
    .select('account_id')
    .where(dialect.idIn('account_id', dialect.idList(accountIds)))
    .execute()
  return rows.map((row) => row.account_id)
}

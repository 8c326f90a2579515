// What waits to be sent to other servers: each activity's bytes once, and one row per inbox that shall have them.
import { sql } from 'kysely'
import type { Expression, Kysely, RawBuilder, SqlBool, Transaction } from 'kysely'
import type { Dialect } from './dialects/dialect.ts'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>
type Tx = Transaction<Tables>

export interface NewActivity {
  id: number
  accountId: number
  /** JSON text. */
  body: string
  /** SHA-256 of the final bytes; '' while signatures inside the document are still to be made. */
  digest: string
  now: number
}

/** Who shall have an activity; those reached over several ways are told once, through a shared inbox where there is one. */
export interface Recipients {
  /** Reached in their own inboxes: for what concerns them alone. */
  personalIds?: readonly number[]
  accountIds?: readonly number[]
  /** Followers of these accounts. */
  followersOf?: readonly number[]
  /** Members of this group. */
  membersOf?: number
  /** Everyone who may have these posts because they boosted, answered, liked or otherwise joined in. */
  touchedPosts?: readonly number[]
  /** Relays that accepted us. */
  relays?: boolean
  inboxes?: readonly string[]
  /** Every server that we know anybody of. */
  everyone?: boolean
}

/** Ids of one activity's deliveries; no activity reaches more inboxes. */
const BLOCK = 2 ** 20

/**
 * Stores the activity and a delivery for every distinct inbox, chosen inside the database. Left out are servers that an
 * operator suspended and the sender blocked, and accounts that are gone. Says how many inboxes there are; with none, nothing is kept.
 */
export async function addDeliveries(tx: Tx, activity: NewActivity, recipients: Recipients): Promise<number> {
  const dialect = dialectOf(tx)
  const ways = [...accountWays(tx, activity.accountId, recipients), ...inboxWays(recipients)]
  if (ways.length === 0) return 0
  const base = (await nextBlock(tx)) * BLOCK
  const inboxes = sql`select distinct inbox from (${sql.join(ways, sql` union all `)}) w where inbox is not null`
  const addressed = sql`select inbox, ${dialect.urlHost('i.inbox')} as host from (${inboxes}) i`
  const { rows } = await sql<{ id: number }>`
    insert into deliveries (id, activity_id, inbox, host, next_at, created_at)
    select ${sql.lit(base)} + row_number() over (order by h.inbox), cast(${activity.id} as bigint), h.inbox, h.host,
      cast(${activity.now} as bigint), cast(${activity.now} as bigint)
    from (${addressed}) h
    where h.host <> '' and not exists (select 1 from domain_policies p where p.severity = 'suspend'
      and (h.host = p.domain or h.host like '%.' || p.domain or h.host like p.domain || ':%'))
    on conflict (activity_id, inbox) do nothing
    returning id`.execute(tx)
  if (rows.length === 0) return 0
  await tx
    .insertInto('outgoing_activities')
    .values({
      id: activity.id,
      account_id: activity.accountId,
      body: activity.body,
      digest: activity.digest,
      created_at: activity.now,
    })
    .execute()
  return rows.length
}

/** Ids come in blocks, so that rows made by one statement never meet those of another. */
async function nextBlock(tx: Tx): Promise<number> {
  const { rows } = await sql<{ value: string }>`
    insert into settings (key, value) values ('deliveries.block', '1')
    on conflict (key) do update set value = cast(cast(settings.value as bigint) + 1 as text)
    returning value`.execute(tx)
  return Number(rows[0]?.value)
}

function accountWays(tx: Tx, senderId: number, recipients: Recipients): RawBuilder<unknown>[] {
  const dialect = dialectOf(tx)
  const welcome = sql`and not exists (select 1 from account_domain_blocks b
    where b.account_id = ${senderId} and b.domain = a.domain)`
  const reach = (source: RawBuilder<unknown>): RawBuilder<unknown> =>
    inboxesOf(source, sql`coalesce(a.shared_inbox, a.inbox)`, welcome)
  const among = (ids: readonly number[]): RawBuilder<unknown> =>
    sql`select id as account_id from accounts where ${dialect.idIn('id', dialect.idList(ids))}`
  const ways: RawBuilder<unknown>[] = []
  const { personalIds = [], accountIds = [], followersOf = [], membersOf, touchedPosts = [] } = recipients
  if (personalIds.length > 0) ways.push(inboxesOf(among(personalIds), sql`a.inbox`, sql``))
  if (accountIds.length > 0) ways.push(reach(among(accountIds)))
  if (recipients.everyone) ways.push(reach(sql`select id as account_id from accounts where domain <> ''`))
  for (const id of followersOf) {
    ways.push(reach(sql`select account_id from follows where target_id = ${id} and accepted = 1`))
  }
  if (membersOf !== undefined) {
    ways.push(reach(sql`select account_id from memberships where group_id = ${membersOf} and accepted = 1`))
  }
  if (touchedPosts.length > 0) ways.push(reach(touchedBy(dialect, touchedPosts)))
  return ways
}

function inboxesOf(
  source: RawBuilder<unknown>,
  inbox: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select ${inbox} as inbox from (${source}) s join accounts a on a.id = s.account_id
    where a.protocol = 'activitypub' and a.suspended_at is null and a.deleted_at is null
      and not exists (select 1 from domain_policies p where p.severity = 'suspend'
        and (a.domain = p.domain or a.domain like '%.' || p.domain)) ${condition}`
}

function touchedBy(dialect: Dialect, postIds: readonly number[]): RawBuilder<unknown> {
  const among = (column: string): Expression<SqlBool> => dialect.idIn(column, dialect.idList(postIds))
  return sql`select account_id from posts where ${among('boost_of_id')}
    union select account_id from posts where ${among('in_reply_to_id')}
    union select account_id from posts where ${among('quote_of_id')}
    union select account_id from reactions where ${among('post_id')}
    union select account_id from poll_votes where ${among('post_id')}
    union select account_id from event_answers where ${among('post_id')}
    union select account_id from post_recipients where ${among('post_id')}`
}

function inboxWays({ relays, inboxes = [] }: Recipients): RawBuilder<unknown>[] {
  const ways = inboxes.map((inbox) => sql`select cast(${inbox} as text) as inbox`)
  if (relays) ways.push(sql`select inbox from relays where state = 'accepted'`)
  return ways
}

export interface Delivery {
  id: number
  activityId: number
  inbox: string
  host: string
  /** How often it was tried, this time included. */
  attempts: number
  createdAt: number
}

/**
 * Takes up to `limit` deliveries that are due, `perHost` of a host at most, for `leaseMs`: whoever dies with them loses them to
 * the next taker. Hosts in `busy` are passed over; those that are broken wait until the breaker lets them try.
 */
export async function claimDeliveries(
  tx: Tx,
  claim: { now: number; leaseMs: number; limit: number; perHost: number; busy: readonly string[] },
): Promise<Delivery[]> {
  const { now } = claim
  await sql`update deliveries set next_at = (select h.broken_until from hosts h where h.domain = deliveries.host)
    where next_at <= ${now} and host in (select domain from hosts where broken_until > ${now})`.execute(tx)
  const idle = claim.busy.length === 0 ? sql`` : sql`and host not in (${sql.join([...claim.busy])})`
  const { rows } = await sql<DeliveryRow>`
    update deliveries set lease_until = ${now + claim.leaseMs}, attempts = attempts + 1
    where lease_until <= ${now} and next_at <= ${now} and id in (
      select id from (
        select id, next_at, row_number() over (partition by host order by next_at, id) as turn from (
          select id, host, next_at from deliveries where next_at <= ${now} and lease_until <= ${now} ${idle}
          order by next_at, id limit 1000) due) ranked
      where turn <= ${claim.perHost} order by next_at, id limit ${claim.limit})
    returning id, activity_id, inbox, host, attempts, created_at`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    activityId: row.activity_id,
    inbox: row.inbox,
    host: row.host,
    attempts: row.attempts,
    createdAt: row.created_at,
  }))
}

interface DeliveryRow {
  id: number
  activity_id: number
  inbox: string
  host: string
  attempts: number
  created_at: number
}

/** Forgets deliveries that arrived or never will. */
export async function removeDeliveries(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const dialect = dialectOf(tx)
  await tx
    .deleteFrom('deliveries')
    .where(dialect.idIn('id', dialect.idList(ids)))
    .execute()
}

/** Gives a delivery back, to be tried again at `nextAt`; `untried` takes the attempt back. */
export async function postponeDelivery(
  tx: Tx,
  id: number,
  change: { nextAt: number; error: string | null; untried?: boolean },
): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ lease_until: 0, next_at: change.nextAt })
    .$if(change.error !== null, (query) => query.set({ last_error: change.error }))
    .$if(change.untried === true, (query) => query.set({ attempts: sql`attempts - 1` }))
    .where('id', '=', id)
    .execute()
}

/** A host is back: what was put off because it was down is due now. */
export async function hastenDeliveries(tx: Tx, host: string, now: number): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ next_at: now })
    .where('host', '=', host)
    .where('next_at', '>', now)
    .where('lease_until', '<=', now)
    .execute()
}

/** When the next delivery that nobody holds is due; undefined when there is none. */
export async function nextDeliveryAt(db: Db, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select('next_at')
    .where('lease_until', '<=', now)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at
}

/** How many deliveries wait, for operators. */
export async function countDeliveries(db: Db): Promise<number> {
  const row = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .executeTakeFirst()
  return row?.waiting ?? 0
}

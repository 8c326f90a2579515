// What waits to be sent to other servers: each activity's bytes once, and one row per inbox that shall have them.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import { NOTHING, idsIn, insertOf, joined, rawText, rowsOf, runOn, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
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

/** Whether there may be an inbox to tell; saves writing an activity that nobody would be sent. */
export async function reachAnybody(tx: Tx, senderId: number, recipients: Recipients): Promise<boolean> {
  return anyInbox(tx, [...accountWays(tx, senderId, recipients), ...inboxWays(recipients)])
}

async function anyInbox(tx: Tx, ways: readonly Statement[]): Promise<boolean> {
  if (ways.length === 0) return false
  const some = statement`select 1 from (${joined(ways, ' union all ')}) w where inbox is not null limit 1`
  return (await rowsOf(tx, some)).length > 0
}

/**
 * Stores the activity and a delivery for every distinct inbox, chosen inside the database. Left out are servers that an
 * operator suspended and the sender blocked, and accounts that are gone. Says how many inboxes there are; with none, nothing is kept.
 */
export async function addDeliveries(tx: Tx, activity: NewActivity, recipients: Recipients): Promise<number> {
  const dialect = dialectOf(tx)
  const ways = [...accountWays(tx, activity.accountId, recipients), ...inboxWays(recipients)]
  // Most posts of most people go to nobody elsewhere; then nothing is written, not even the next block.
  if (!(await anyInbox(tx, ways))) return 0
  const inboxes = statement`select distinct inbox from (${joined(ways, ' union all ')}) w where inbox is not null`
  const host = rawText(dialect.urlHostText('i.inbox'))
  const addressed = statement`from (select inbox, ${host} as host from (${inboxes}) i) h
    where h.host <> '' and not exists (select 1 from domain_policies p where p.severity = 'suspend'
      and (h.host = p.domain or h.host like '%.' || p.domain or h.host like p.domain || ':%'))`
  const base = (await nextBlock(tx)) * BLOCK
  const rows = await rowsOf<{ id: number }>(
    tx,
    statement`insert into deliveries (id, activity_id, inbox, host, next_at, created_at)
      select cast(${base} as bigint) + row_number() over (order by h.inbox), cast(${activity.id} as bigint), h.inbox,
        h.host, cast(${activity.now} as bigint), cast(${activity.now} as bigint)
      ${addressed}
      on conflict (activity_id, inbox) do nothing
      returning id`,
  )
  if (rows.length === 0) return 0
  const row = {
    id: activity.id,
    account_id: activity.accountId,
    body: activity.body,
    digest: activity.digest,
    created_at: activity.now,
  }
  await runOn(tx, insertOf('outgoing_activities', row))
  return rows.length
}

/** Ids come in blocks, so that rows made by one statement never meet those of another. */
async function nextBlock(tx: Tx): Promise<number> {
  const rows = await rowsOf<{ value: string }>(tx, NEXT_BLOCK)
  return Number(rows[0]?.value)
}

const NEXT_BLOCK = statement`insert into settings (key, value) values ('deliveries.block', '1')
  on conflict (key) do update set value = cast(cast(settings.value as bigint) + 1 as text)
  returning value`

function accountWays(tx: Tx, senderId: number, recipients: Recipients): Statement[] {
  const welcome = statement`and not exists (select 1 from account_domain_blocks b
    where b.account_id = ${senderId} and b.domain = a.domain)`
  const reach = (source: Statement): Statement =>
    inboxesOf(source, rawText('coalesce(a.shared_inbox, a.inbox)'), welcome)
  const among = (ids: readonly number[]): Statement =>
    statement`select id as account_id from accounts where ${idsIn(tx, 'id', ids)}`
  const ways: Statement[] = []
  const { personalIds = [], accountIds = [], followersOf = [], membersOf, touchedPosts = [] } = recipients
  if (personalIds.length > 0) ways.push(inboxesOf(among(personalIds), rawText('a.inbox'), NOTHING))
  if (accountIds.length > 0) ways.push(reach(among(accountIds)))
  if (recipients.everyone)
    ways.push(reach(statement`select id as account_id from accounts where domain <> ''`))
  for (const id of followersOf) {
    ways.push(reach(statement`select account_id from follows where target_id = ${id} and accepted = 1`))
  }
  if (membersOf !== undefined) {
    ways.push(
      reach(statement`select account_id from memberships where group_id = ${membersOf} and accepted = 1`),
    )
  }
  if (touchedPosts.length > 0) ways.push(reach(touchedBy(tx, touchedPosts)))
  return ways
}

function inboxesOf(source: Statement, inbox: Statement, condition: Statement): Statement {
  return statement`select ${inbox} as inbox from (${source}) s join accounts a on a.id = s.account_id
    where a.protocol = 'activitypub' and a.suspended_at is null and a.deleted_at is null
      and not exists (select 1 from domain_policies p where p.severity = 'suspend'
        and (a.domain = p.domain or a.domain like '%.' || p.domain)) ${condition}`
}

function touchedBy(tx: Tx, postIds: readonly number[]): Statement {
  const among = (column: string): Statement => idsIn(tx, column, postIds)
  return statement`select account_id from posts where ${among('boost_of_id')}
    union select account_id from posts where ${among('in_reply_to_id')}
    union select account_id from posts where ${among('quote_of_id')}
    union select account_id from reactions where ${among('post_id')}
    union select account_id from poll_votes where ${among('post_id')}
    union select account_id from event_answers where ${among('post_id')}
    union select account_id from post_recipients where ${among('post_id')}`
}

function inboxWays({ relays, inboxes = [] }: Recipients): Statement[] {
  const ways = inboxes.map((inbox) => statement`select cast(${inbox} as text) as inbox`)
  if (relays) ways.push(statement`select inbox from relays where state = 'accepted'`)
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

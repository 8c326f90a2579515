// What we learned about servers that we deliver to: how they want requests signed, and whether they answer at all.
import { sql } from 'kysely'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { HostsTable, Tables } from './schema.ts'

export type Host = Selectable<HostsTable>
type Tx = Transaction<Tables>

/** The hosts known among `domains`. */
export async function findHosts(db: Kysely<Tables>, domains: readonly string[]): Promise<Host[]> {
  if (domains.length === 0) return []
  return db
    .selectFrom('hosts')
    .selectAll()
    .where('domain', 'in', [...domains])
    .execute()
}

/** A host answered: the breaker closes. `dialect` is kept when given. */
export async function recordHostSuccess(
  tx: Tx,
  domain: string,
  now: number,
  dialect?: string,
): Promise<void> {
  const healthy = { failures: 0, failing_since: null, broken_until: 0, last_success_at: now }
  const change = dialect === undefined ? healthy : { ...healthy, dialect }
  await tx
    .insertInto('hosts')
    .values({ domain, created_at: now, ...change })
    .onConflict((conflict) => conflict.column('domain').doUpdateSet(change))
    .execute()
}

/** A host did not answer; gives the number of failures in a row. */
export async function recordHostFailure(tx: Tx, domain: string, now: number, count = 1): Promise<number> {
  const row = await tx
    .insertInto('hosts')
    .values({ domain, created_at: now, failures: count, failing_since: now, last_failure_at: now })
    .onConflict((conflict) =>
      conflict.column('domain').doUpdateSet({
        failures: sql`hosts.failures + ${count}`,
        failing_since: sql`coalesce(hosts.failing_since, ${now})`,
        last_failure_at: now,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  return row.failures
}

/** Nothing is sent to the host before `until`. */
export async function pauseHost(tx: Tx, domain: string, now: number, until: number): Promise<void> {
  await tx
    .insertInto('hosts')
    .values({ domain, created_at: now, broken_until: until })
    .onConflict((conflict) =>
      conflict.column('domain').doUpdateSet({
        broken_until: sql`case when hosts.broken_until > ${until} then hosts.broken_until else ${until} end`,
      }),
    )
    .execute()
}

/** A shared inbox is gone for good: its accounts are reached one by one from now on. */
export async function forgetSharedInbox(tx: Tx, inbox: string): Promise<void> {
  await tx.updateTable('accounts').set({ shared_inbox: null }).where('shared_inbox', '=', inbox).execute()
}

/** Forgets hosts that nothing was sent to since `before` and nothing waits for, at most `limit`; says how many. */
export async function pruneHosts(tx: Tx, before: number, limit: number): Promise<number> {
  const { rows } = await sql<{ domain: string }>`delete from hosts where domain in (
      select h.domain from hosts h
      where coalesce(h.last_success_at, 0) < ${before} and coalesce(h.last_failure_at, 0) < ${before}
        and coalesce(h.described_at, 0) < ${before} and h.created_at < ${before}
        and not exists (select 1 from deliveries d where d.host = h.domain)
      limit ${limit})
    returning domain`.execute(tx)
  return rows.length
}

/** The names of known servers, in order. */
export async function listHostNames(db: Kysely<Tables>, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('hosts').select('domain').orderBy('domain').limit(limit).execute()
  return rows.map((row) => row.domain)
}

/** Names that begin so, in order. */
export async function listHostNamesFrom(
  db: Kysely<Tables>,
  beginning: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('hosts')
    .select('domain')
    .where('domain', '>=', beginning)
    .where('domain', '<', `${beginning}\uFFFF`)
    .orderBy('domain')
    .limit(limit)
    .execute()
  return rows.map((row) => row.domain)
}

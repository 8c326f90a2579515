// Servers to which deliveries wait, and what became of the last attempts.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../schema.ts'

export interface StuckHost {
  domain: string
  waiting: number
  attempts: number
  nextAt: number
  lastError: string | null
  failures: number
  failingSince: number | null
  software: string | null
}

/** Those with the most that waits first; only what was tried at least once counts as stuck. */
export async function listStuckHosts(db: Kysely<Tables>, limit: number): Promise<StuckHost[]> {
  const { rows } = await sql<StuckHost>`
    select d.host as domain, count(*) as waiting, max(d.attempts) as attempts, min(d.next_at) as "nextAt",
      max(d.last_error) as "lastError", coalesce(max(h.failures), 0) as failures,
      max(h.failing_since) as "failingSince", max(h.software) as software
    from deliveries d left join hosts h on h.domain = d.host
    where d.attempts > 0 group by d.host order by 2 desc, d.host limit ${limit}`.execute(db)
  return rows
}

/** What waits for a host is due at once, and the host may be tried again. */
export async function retryHost(tx: Transaction<Tables>, domain: string, now: number): Promise<number> {
  await tx
    .updateTable('hosts')
    .set({ broken_until: 0, failures: 0, failing_since: null })
    .where('domain', '=', domain)
    .execute()
  const result = await tx
    .updateTable('deliveries')
    .set({ next_at: now })
    .where('host', '=', domain)
    .where('lease_until', '<=', now)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Nothing of what waits for a host is sent any more; says how much that was. */
export async function dropDeliveries(tx: Transaction<Tables>, domain: string): Promise<number> {
  const result = await tx.deleteFrom('deliveries').where('host', '=', domain).executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function dropDeadJob(tx: Transaction<Tables>, id: number): Promise<boolean> {
  const result = await tx.deleteFrom('dead_jobs').where('id', '=', id).executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

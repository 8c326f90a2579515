// Forgets servers that nobody has heard of for long.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

/** Domains in order, after `after`. */
export async function listHostsAfter(db: Kysely<Tables>, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('hosts')
    .select('domain')
    .where('domain', '>', after)
    .orderBy('domain')
    .limit(limit)
    .execute()
  return rows.map((row) => row.domain)
}

/** Forgets those of the domains of which nothing is known since `before` and to which nothing is to be sent. */
export async function removeUnseenHosts(
  tx: Transaction<Tables>,
  domains: readonly string[],
  before: number,
): Promise<number> {
  if (domains.length === 0) return 0
  const awaited = await tx
    .selectFrom('deliveries')
    .select('host')
    .distinct()
    .where('host', 'in', domains)
    .execute()
  const free = domains.filter((domain) => !awaited.some((row) => row.host === domain))
  if (free.length === 0) return 0
  const times = ['last_success_at', 'last_failure_at', 'described_at', 'failing_since'] as const
  let query = tx.deleteFrom('hosts').where('domain', 'in', free).where('created_at', '<', before)
  for (const time of times) query = query.where((eb) => eb.or([eb(time, 'is', null), eb(time, '<', before)]))
  const rows = await query.returning('domain').execute()
  return rows.length
}

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
  const times = ['last_success_at', 'last_failure_at', 'described_at', 'failing_since'] as const
  let query = tx.deleteFrom('hosts').where('domain', 'in', domains).where('created_at', '<', before)
  for (const time of times) query = query.where((eb) => eb.or([eb(time, 'is', null), eb(time, '<', before)]))
  const rows = await query
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('deliveries as d').select('d.id').whereRef('d.host', '=', 'hosts.domain')),
      ),
    )
    .returning('domain')
    .execute()
  return rows.length
}

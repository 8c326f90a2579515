// The bytes of activities that are being sent: read, sealed once, forgotten when everyone has them.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { dialectOf } from './dialects/handles.ts'
import type { Tables } from './schema.ts'

export interface OutgoingActivity {
  id: number
  accountId: number
  body: string
  /** '' until it is sealed. */
  digest: string
}

/** The activities that exist among `ids`. */
export async function findActivities(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<OutgoingActivity[]> {
  if (ids.length === 0) return []
  const dialect = dialectOf(db)
  const rows = await db
    .selectFrom('outgoing_activities')
    .select(['id', 'account_id', 'body', 'digest'])
    .where(dialect.idIn('id', dialect.idList(ids)))
    .execute()
  return rows.map(({ account_id: accountId, ...row }) => ({ ...row, accountId }))
}

/** Gives an activity its final bytes; where another worker was first, its bytes stay and are returned. */
export async function sealActivity(
  tx: Transaction<Tables>,
  id: number,
  sealed: { body: string; digest: string },
): Promise<{ body: string; digest: string } | undefined> {
  const row = await tx
    .updateTable('outgoing_activities')
    .set(sealed)
    .where('id', '=', id)
    .where('digest', '=', '')
    .returning(['body', 'digest'])
    .executeTakeFirst()
  if (row) return row
  return tx
    .selectFrom('outgoing_activities')
    .select(['body', 'digest'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Forgets activities from before `before` that nobody waits for, at most `limit`; says how many. */
export async function pruneActivities(
  tx: Transaction<Tables>,
  before: number,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`delete from outgoing_activities where id in (
      select o.id from outgoing_activities o where o.created_at < ${before}
        and not exists (select 1 from deliveries d where d.activity_id = o.id)
      order by o.created_at limit ${limit})
    returning id`.execute(tx)
  return rows.length
}

// How far a user has read, kept for all of their devices.
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Marker } from '../model/marker.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findMarkers(
  db: Db,
  accountId: number,
  timelines: readonly string[],
): Promise<Marker[]> {
  if (timelines.length === 0) return []
  return db
    .selectFrom('markers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('timeline', 'in', timelines)
    .execute()
}

/** Sets a mark and counts its version up. */
export async function setMarker(
  db: Db,
  mark: { accountId: number; timeline: string; lastReadId: number; now: number },
): Promise<Marker> {
  return db
    .insertInto('markers')
    .values({
      account_id: mark.accountId,
      timeline: mark.timeline,
      last_read_id: mark.lastReadId,
      version: 0,
      updated_at: mark.now,
    })
    .onConflict((oc) =>
      oc.columns(['account_id', 'timeline']).doUpdateSet({
        last_read_id: mark.lastReadId,
        version: sql`markers.version + 1`,
        updated_at: mark.now,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

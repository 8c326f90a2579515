// Reads which people of this server follow somebody, as their addresses.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export interface LocalFollower {
  id: number
  uri: string
  accepted: boolean
}

/** Those accepted and those who wait to be, at most `limit`. */
export async function listLocalFollowers(
  db: Kysely<Tables>,
  targetId: number,
  limit: number,
): Promise<LocalFollower[]> {
  const rows = await db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.account_id')
    .select(['a.id', 'a.uri', 'f.accepted'])
    .where('f.target_id', '=', targetId)
    .where('a.domain', '=', '')
    .orderBy('a.id')
    .limit(limit)
    .execute()
  return rows.map(({ id, uri, accepted }) => ({ id, uri, accepted: accepted === 1 }))
}

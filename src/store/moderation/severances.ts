// Follows that ended for people here because moderators suspended a server or an account.
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { SeveranceRow } from '../../model/moderation.ts'
import type { Tables } from '../schema.ts'

/** People here who follow the account or are followed by it, and which of the two. */
export async function countTies(
  tx: Transaction<Tables>,
  accountId: number,
): Promise<{ accountId: number; followers: number; following: number }[]> {
  const { rows } = await sql<{ id: number; followers: number | string; following: number | string }>`
    select t.id, sum(t.followers) as followers, sum(t.following) as following from (
      select f.account_id as id, 0 as followers, 1 as following from follows f
        join users u on u.account_id = f.account_id where f.target_id = ${accountId} and f.accepted = 1
      union all
      select f.target_id as id, 1 as followers, 0 as following from follows f
        join users u on u.account_id = f.target_id where f.account_id = ${accountId} and f.accepted = 1
    ) t group by t.id limit 50000`.execute(tx)
  return rows.map(({ id, followers, following }) => ({
    accountId: id,
    followers: Number(followers),
    following: Number(following),
  }))
}

/** Adds to what somebody lost for the same reason; says under which id, and whether it is new. */
export async function addSeverance(
  tx: Transaction<Tables>,
  loss: Omit<SeveranceRow, 'followers_count' | 'following_count'> & { followers: number; following: number },
): Promise<{ id: number; isNew: boolean }> {
  const { followers, following, ...row } = loss
  const kept = await tx
    .insertInto('severances')
    .values({ ...row, followers_count: followers, following_count: following })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'kind', 'target_name', 'cause']).doUpdateSet({
        followers_count: sql`severances.followers_count + ${followers}`,
        following_count: sql`severances.following_count + ${following}`,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: kept.id, isNew: kept.id === row.id }
}

export async function findSeverances(db: Kysely<Tables>, ids: readonly number[]): Promise<SeveranceRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('severances').selectAll().where('id', 'in', ids).execute()
}

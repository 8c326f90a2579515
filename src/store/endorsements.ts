// Accounts that people show on their profiles, and who of one's own acquaintances follows somebody.
import type { Kysely } from 'kysely'
import type { FollowEdge } from '../model/relation.ts'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function pageEndorsements(db: Db, accountId: number, window: IdWindow): Promise<FollowEdge[]> {
  const query = db
    .selectFrom('endorsements')
    .select(['id', 'target_id as accountId'])
    .where('account_id', '=', accountId)
  return pageOver(query, 'id', window)
}

export async function insertEndorsement(
  db: Db,
  row: { accountId: number; targetId: number; id: number },
): Promise<void> {
  await db
    .insertInto('endorsements')
    .values({ account_id: row.accountId, target_id: row.targetId, id: row.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteEndorsement(db: Db, accountId: number, targetId: number): Promise<void> {
  await db
    .deleteFrom('endorsements')
    .where('account_id', '=', accountId)
    .where('target_id', '=', targetId)
    .execute()
}

/** Those whom `viewerId` follows and who follow the target, unless they hide whom they follow. */
export async function listFamiliarFollowers(
  db: Db,
  viewerId: number,
  targetId: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('follows as mine')
    .innerJoin('follows as theirs', 'theirs.account_id', 'mine.target_id')
    .innerJoin('accounts as a', 'a.id', 'mine.target_id')
    .select('a.id')
    .where('mine.account_id', '=', viewerId)
    .where('mine.accepted', '=', 1)
    .where('theirs.target_id', '=', targetId)
    .where('theirs.accepted', '=', 1)
    .where('a.hide_collections', '=', 0)
    .where('a.suspended_at', 'is', null)
    .orderBy('a.id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

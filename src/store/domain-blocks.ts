// Servers that people of this server want nothing to do with.
import type { Kysely } from 'kysely'
import { pageOver } from './paging.ts'
import type { IdWindow } from '../model/page.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface BlockedDomain {
  id: number
  domain: string
}

export async function pageBlockedDomains(
  db: Db,
  accountId: number,
  window: IdWindow,
): Promise<BlockedDomain[]> {
  const query = db
    .selectFrom('account_domain_blocks')
    .select(['id', 'domain'])
    .where('account_id', '=', accountId)
  return pageOver(query, 'id', window)
}

/** True when the block is new. */
export async function insertDomainBlock(
  db: Db,
  block: { accountId: number; domain: string; id: number; now: number },
): Promise<boolean> {
  const result = await db
    .insertInto('account_domain_blocks')
    .values({ account_id: block.accountId, domain: block.domain, id: block.id, created_at: block.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function deleteDomainBlock(db: Db, accountId: number, domain: string): Promise<void> {
  await db
    .deleteFrom('account_domain_blocks')
    .where('account_id', '=', accountId)
    .where('domain', '=', domain)
    .execute()
}

/** Accounts of the domain that the account follows, or that follow it. */
export async function listFollowsWithDomain(
  db: Db,
  accountId: number,
  domain: string,
  limit: number,
): Promise<{ following: number[]; followers: number[] }> {
  const following = await db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.target_id')
    .select('a.id')
    .where('f.account_id', '=', accountId)
    .where('a.domain', '=', domain)
    .limit(limit)
    .execute()
  const followers = await db
    .selectFrom('follows as f')
    .innerJoin('accounts as a', 'a.id', 'f.account_id')
    .select('a.id')
    .where('f.target_id', '=', accountId)
    .where('a.domain', '=', domain)
    .limit(limit)
    .execute()
  return { following: following.map((row) => row.id), followers: followers.map((row) => row.id) }
}

export async function removeNotificationsFromDomain(
  db: Db,
  accountId: number,
  domain: string,
): Promise<void> {
  for (const table of ['notifications', 'notification_requests'] as const)
    await db
      .deleteFrom(table)
      .where('account_id', '=', accountId)
      .where('from_id', 'in', (eb) => eb.selectFrom('accounts').select('id').where('domain', '=', domain))
      .execute()
}

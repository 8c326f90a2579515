// Addresses that are kept out: networks, mail domains, and single mail addresses as hashes.
import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable, Transaction, Updateable } from 'kysely'
import type { IdWindow } from '../../model/page.ts'
import { pageOver } from '../paging.ts'
import type { CanonicalEmailBlocksTable, EmailDomainBlocksTable, IpBlocksTable, Tables } from '../schema.ts'

export type IpBlockRow = Selectable<IpBlocksTable>
export type EmailDomainBlockRow = Selectable<EmailDomainBlocksTable>
export type CanonicalEmailBlockRow = Selectable<CanonicalEmailBlocksTable>
type Db = Kysely<Tables>
type Tx = Transaction<Tables>

/** Those that count at `now`; networks are few, and all are held in memory. */
export async function listIpBlocks(db: Db, now: number, limit: number): Promise<IpBlockRow[]> {
  return db
    .selectFrom('ip_blocks')
    .selectAll()
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .limit(limit)
    .execute()
}

export async function pageIpBlocks(db: Db, window: IdWindow): Promise<IpBlockRow[]> {
  return pageOver(db.selectFrom('ip_blocks').selectAll(), 'id', window)
}

export async function findIpBlock(db: Db, id: number): Promise<IpBlockRow | undefined> {
  return db.selectFrom('ip_blocks').selectAll().where('id', '=', id).executeTakeFirst()
}

/** False when the network is there already. */
export async function insertIpBlock(tx: Tx, row: Insertable<IpBlocksTable>): Promise<boolean> {
  const rows = await tx
    .insertInto('ip_blocks')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function updateIpBlock(
  tx: Tx,
  id: number,
  change: Updateable<IpBlocksTable>,
): Promise<IpBlockRow | undefined> {
  return tx.updateTable('ip_blocks').set(change).where('id', '=', id).returningAll().executeTakeFirst()
}

export async function deleteIpBlock(tx: Tx, id: number): Promise<IpBlockRow | undefined> {
  return tx.deleteFrom('ip_blocks').where('id', '=', id).returningAll().executeTakeFirst()
}

export async function pageEmailDomainBlocks(db: Db, window: IdWindow): Promise<EmailDomainBlockRow[]> {
  return pageOver(db.selectFrom('email_domain_blocks').selectAll(), 'id', window)
}

export async function findEmailDomainBlock(db: Db, id: number): Promise<EmailDomainBlockRow | undefined> {
  return db.selectFrom('email_domain_blocks').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The blocks of any of these domains. */
export async function findBlocksOf(db: Db, domains: readonly string[]): Promise<EmailDomainBlockRow[]> {
  if (domains.length === 0) return []
  return db.selectFrom('email_domain_blocks').selectAll().where('domain', 'in', domains).execute()
}

export async function insertEmailDomainBlock(
  tx: Tx,
  row: Insertable<EmailDomainBlocksTable>,
): Promise<boolean> {
  const rows = await tx
    .insertInto('email_domain_blocks')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function deleteEmailDomainBlock(tx: Tx, id: number): Promise<EmailDomainBlockRow | undefined> {
  await tx.deleteFrom('email_domain_attempts').where('block_id', '=', id).execute()
  return tx.deleteFrom('email_domain_blocks').where('id', '=', id).returningAll().executeTakeFirst()
}

/** Counts a sign-up that a blocked mail domain stopped. */
export async function countAttempt(
  tx: Tx,
  attempt: { blockId: number; day: number; address: string },
): Promise<void> {
  await tx
    .insertInto('email_domain_attempts')
    .values({ block_id: attempt.blockId, day: attempt.day, address: attempt.address })
    .onConflict((conflict) =>
      conflict
        .columns(['block_id', 'day', 'address'])
        .doUpdateSet({ uses: sql`email_domain_attempts.uses + 1` }),
    )
    .execute()
}

export interface AttemptDay {
  blockId: number
  day: number
  uses: number
  addresses: number
}

export async function listAttempts(
  db: Db,
  blockIds: readonly number[],
  sinceDay: number,
): Promise<AttemptDay[]> {
  if (blockIds.length === 0) return []
  return db
    .selectFrom('email_domain_attempts')
    .select(['block_id as blockId', 'day'])
    .select((eb) => [eb.fn.sum<number>('uses').as('uses'), eb.fn.countAll<number>().as('addresses')])
    .where('block_id', 'in', blockIds)
    .where('day', '>=', sinceDay)
    .groupBy(['block_id', 'day'])
    .execute()
}

export async function pageCanonicalBlocks(db: Db, window: IdWindow): Promise<CanonicalEmailBlockRow[]> {
  return pageOver(db.selectFrom('canonical_email_blocks').selectAll(), 'id', window)
}

export async function findCanonicalBlock(db: Db, id: number): Promise<CanonicalEmailBlockRow | undefined> {
  return db.selectFrom('canonical_email_blocks').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findCanonicalByHash(db: Db, hash: string): Promise<CanonicalEmailBlockRow | undefined> {
  return db.selectFrom('canonical_email_blocks').selectAll().where('hash', '=', hash).executeTakeFirst()
}

export async function insertCanonicalBlock(
  tx: Tx,
  row: Insertable<CanonicalEmailBlocksTable>,
): Promise<boolean> {
  const rows = await tx
    .insertInto('canonical_email_blocks')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function deleteCanonicalBlock(tx: Tx, id: number): Promise<CanonicalEmailBlockRow | undefined> {
  return tx.deleteFrom('canonical_email_blocks').where('id', '=', id).returningAll().executeTakeFirst()
}

/** The blocks that came with the suspension of an account. */
export async function deleteCanonicalOf(tx: Tx, accountId: number): Promise<void> {
  await tx.deleteFrom('canonical_email_blocks').where('account_id', '=', accountId).execute()
}

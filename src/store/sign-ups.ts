// Removes people who asked for an account and never got in, so that name and address are free again.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

const OF_ACCOUNT = ['email_tokens', 'sessions', 'grants', 'tokens', 'account_keys', 'users'] as const

/** Removes every row of an account that never could do anything; whoever calls this has made sure of that. */
export async function removeSignUp(tx: Transaction<Tables>, accountId: number): Promise<void> {
  await tx.deleteFrom('notifications').where('from_id', '=', accountId).execute()
  await tx.deleteFrom('follows').where('target_id', '=', accountId).execute()
  for (const table of OF_ACCOUNT) await tx.deleteFrom(table).where('account_id', '=', accountId).execute()
  await tx.deleteFrom('accounts').where('id', '=', accountId).execute()
}

/** Those who wait for approval with a confirmed address, oldest first, after `afterId`. */
export async function listWaiting(db: Kysely<Tables>, afterId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('users')
    .select('account_id')
    .where('approved_at', 'is', null)
    .where('confirmed_at', 'is not', null)
    .where('account_id', '>', afterId)
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.account_id)
}

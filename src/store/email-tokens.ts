// Single-use tokens that are sent by mail, kept as hashes until they are used or too old.
import type { Kysely, Selectable } from 'kysely'
import type { EmailTokensTable, Tables } from './schema.ts'

export type EmailToken = Selectable<EmailTokensTable>
type Db = Kysely<Tables>

const SWEEP = 100

/** Keeps a token in place of older ones of the same account and kind, and forgets some that are too old. */
export async function replaceEmailToken(db: Db, token: EmailToken): Promise<void> {
  await deleteEmailTokens(db, token.account_id, token.kind)
  const old = db
    .selectFrom('email_tokens')
    .select('token_hash')
    .where('expires_at', '<', token.created_at)
    .limit(SWEEP)
  await db.deleteFrom('email_tokens').where('token_hash', 'in', old).execute()
  await db.insertInto('email_tokens').values(token).execute()
}

export async function findEmailToken(db: Db, tokenHash: string): Promise<EmailToken | undefined> {
  return db.selectFrom('email_tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** Uses a token up; false when somebody was faster. */
export async function useEmailToken(db: Db, tokenHash: string): Promise<boolean> {
  const result = await db.deleteFrom('email_tokens').where('token_hash', '=', tokenHash).executeTakeFirst()
  return Number(result.numDeletedRows) === 1
}

export async function deleteEmailTokens(db: Db, accountId: number, kind: string): Promise<void> {
  await db.deleteFrom('email_tokens').where('account_id', '=', accountId).where('kind', '=', kind).execute()
}

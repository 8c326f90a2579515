// Forgetting the one-time codes of OAuth: those of one account at once, old ones a few at a time.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

const SWEEP = 100

/** Codes that were not exchanged yet end too when everything else of an account ends. */
export async function deleteGrants(db: Kysely<Tables>, accountId: number): Promise<void> {
  await db.deleteFrom('grants').where('account_id', '=', accountId).execute()
}

/** Forgets some of the codes that ended before a moment. */
export async function sweepGrants(db: Kysely<Tables>, before: number): Promise<void> {
  const old = db.selectFrom('grants').select('code_hash').where('expires_at', '<', before).limit(SWEEP)
  await db.deleteFrom('grants').where('code_hash', 'in', old).execute()
}

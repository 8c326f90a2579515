// What people decided about notifications of strangers, as JSON text.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Null when nothing was decided. */
export async function findPolicy(db: Db, accountId: number): Promise<string | null> {
  const row = await db
    .selectFrom('notification_policies')
    .select('policy')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.policy ?? null
}

export async function setPolicy(db: Db, accountId: number, policy: string): Promise<void> {
  await db
    .insertInto('notification_policies')
    .values({ account_id: accountId, policy })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ policy }))
    .execute()
}

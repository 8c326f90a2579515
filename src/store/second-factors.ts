// What a second factor leaves behind: the last step of the clock that was used, and recovery codes that are left.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Marks a step of the clock as used; false when it, or a later one, was used before. */
export async function useStep(db: Db, accountId: number, step: number): Promise<boolean> {
  const result = await db
    .updateTable('users')
    .set({ otp_last_step: step })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('otp_last_step', 'is', null), eb('otp_last_step', '<', step)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Replaces a secret by its sealed form, unless it was changed or removed meanwhile. */
export async function replaceSecret(
  db: Db,
  accountId: number,
  change: { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('users')
    .set({ otp_secret: change.to })
    .where('account_id', '=', accountId)
    .where('otp_secret', '=', change.from)
    .execute()
}

/** Replaces the list of recovery codes (JSON) unless it changed meanwhile; false when it did. */
export async function replaceRecoveryCodes(
  db: Db,
  accountId: number,
  change: { from: string; to: string },
): Promise<boolean> {
  const result = await db
    .updateTable('users')
    .set({ recovery_codes: change.to })
    .where('account_id', '=', accountId)
    .where('recovery_codes', '=', change.from)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

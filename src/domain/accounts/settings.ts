// What a user chose for posting and reading, looked up.
import type { UserSettings } from '../../model/user.ts'
import { settingsOf } from '../../model/user.ts'
import { findUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

export { settingsOf }

/** The user's settings; the defaults for the anonymous. */
export async function readSettings(ctx: Context, accountId: number | undefined): Promise<UserSettings> {
  return settingsOf(accountId === undefined ? undefined : await findUser(ctx.store.read, accountId))
}

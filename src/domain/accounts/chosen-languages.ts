// Which languages somebody wants to see in public timelines.
import { findUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { settingsOf } from './settings.ts'

/** ISO codes; null: all. */
export async function chosenLanguages(ctx: Context, accountId: number): Promise<readonly string[] | null> {
  return settingsOf(await findUser(ctx.store.read, accountId)).chosenLanguages
}

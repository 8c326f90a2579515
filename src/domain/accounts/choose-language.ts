// The language in which the server writes to somebody, mails and pushed notifications included.
import { updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

export async function chooseLanguage(ctx: Context, accountId: number, locale: string): Promise<void> {
  await ctx.store.write((tx) => updateUser(tx, accountId, { locale }))
}

// Sets a new password and ends everything that the old one opened: sessions and apps' tokens.
import type { Context } from '../context.ts'
import { deleteSessions } from '../../store/sessions.ts'
import { updateUser } from '../../store/users.ts'
import { checkPassword, hashPassword } from './password.ts'
import { revokeAllTokens } from './tokens.ts'

/** `keep` spares the session and token with which the person changes the password. */
export async function changePassword(
  ctx: Context,
  accountId: number,
  password: string,
  keep: { sessionId?: number; tokenId?: number } = {},
): Promise<void> {
  checkPassword(password)
  const hash = await hashPassword(password)
  await ctx.store.write(async (tx) => {
    await updateUser(tx, accountId, { password_hash: hash })
    await deleteSessions(tx, accountId, keep.sessionId)
    await revokeAllTokens(ctx, tx, accountId, keep.tokenId)
  })
}

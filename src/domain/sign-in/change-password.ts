// Sets a new password and ends everything that the old one opened: sessions and apps' tokens.
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { deleteEmailTokens } from '../../store/email-tokens.ts'
import { deleteGrants } from '../../store/grants.ts'
import { deleteSessions } from '../../store/sessions.ts'
import { findUser, updateUser } from '../../store/users.ts'
import { checkEmailToken, spendEmailToken } from './email-tokens.ts'
import { orderLetter, orderNotice } from './letters.ts'
import { checkPassword, hashPassword } from './password.ts'
import { revokeAllTokens } from './tokens.ts'
import type { Kept } from './tokens.ts'

/** `keep` spares the session and token with which the person changes the password. */
export async function changePassword(
  ctx: Context,
  accountId: number,
  password: string,
  keep: Kept = {},
): Promise<void> {
  checkPassword(password)
  const hash = await hashPassword(password)
  await ctx.store.write((tx) => setHash(ctx, tx, { accountId, hash, keep }))
}

async function setHash(
  ctx: Context,
  tx: Tx,
  { accountId, hash, keep }: { accountId: number; hash: string; keep: Kept },
): Promise<void> {
  await updateUser(tx, accountId, { password_hash: hash })
  await deleteEmailTokens(tx, accountId, 'reset')
  await deleteSessions(tx, accountId, keep.sessionId)
  await deleteGrants(tx, accountId)
  await revokeAllTokens(ctx, tx, accountId, keep)
  const user = await findUser(tx, accountId)
  if (user) await orderNotice(ctx, tx, user, 'password-changed')
}

/** Sends a link for a new password to this address, if it is somebody's: the caller cannot tell. */
export async function requestReset(ctx: Context, email: string): Promise<void> {
  await ctx.store.write((tx) => orderLetter(ctx, tx, { about: 'reset', email: email.trim().slice(0, 320) }))
}

/** Refuses with `not-found` when the link of a reset does not work. */
export async function checkReset(ctx: Context, secret: string): Promise<void> {
  await checkEmailToken(ctx, 'reset', secret)
}

/** Sets the password of whoever got the link, which is used up; it proves the address as well. */
export async function resetPassword(ctx: Context, secret: string, password: string): Promise<void> {
  checkPassword(password)
  await checkReset(ctx, secret)
  const hash = await hashPassword(password)
  await ctx.store.write(async (tx) => {
    const token = await spendEmailToken(ctx, tx, 'reset', secret)
    const user = await findUser(tx, token.account_id)
    if (user?.confirmed_at === null && user.email === token.email)
      await updateUser(tx, token.account_id, { confirmed_at: ctx.clock.now() })
    await setHash(ctx, tx, { accountId: token.account_id, hash, keep: {} })
  })
}

// Proves that an e-mail address is the person's: after signing up, and for every new address.
import { Refusal } from '../../model/refusal.ts'
import { checkEmail } from '../accounts/names.ts'
import { followInviter } from '../accounts/sign-up.ts'
import { deleteEmailTokens } from '../../store/email-tokens.ts'
import { emailKey, findUser, findUserByEmail, updateUser } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import { emailVerdict } from '../moderation/email-blocks.ts'
import type { Tx } from '../ports.ts'
import { checkEmailToken, spendEmailToken } from './email-tokens.ts'
import { orderLetter, orderNotice } from './letters.ts'
import { verifyPassword } from './password.ts'

/** The address that a link is about, without using it up. Refuses with `not-found`. */
export async function checkConfirmation(ctx: Context, secret: string): Promise<string> {
  return (await checkEmailToken(ctx, 'confirm', secret)).email
}

/** Takes the address as proved and gives the user as it is then. Refuses links that do not work (`not-found`, `conflict`). */
export async function confirmEmail(ctx: Context, secret: string): Promise<User> {
  const { user, isFirst } = await ctx.store.write(async (tx) => {
    const token = await spendEmailToken(ctx, tx, 'confirm', secret)
    const before = await findUser(tx, token.account_id)
    if (!before) throw new Refusal('not-found', 'This account does not exist any more')
    if (token.email === before.unconfirmed_email) await takeNewAddress(ctx, tx, before)
    else if (token.email !== before.email)
      throw new Refusal('not-found', 'This link is about an address that is not wanted any more')
    const now = ctx.clock.now()
    await updateUser(tx, before.account_id, { confirmed_at: before.confirmed_at ?? now })
    const after = await findUser(tx, before.account_id)
    return { user: after ?? before, isFirst: before.confirmed_at === null }
  })
  if (isFirst) await followInviter(ctx, user)
  return user
}

async function takeNewAddress(ctx: Context, tx: Tx, user: User): Promise<void> {
  const email = user.unconfirmed_email ?? ''
  const other = await findUserByEmail(tx, email)
  if (other && other.account_id !== user.account_id)
    throw new Refusal('conflict', 'Another account has this e-mail address now')
  await updateUser(tx, user.account_id, { email, email_key: emailKey(email), unconfirmed_email: null })
  await orderNotice(ctx, tx, user, 'address-changed')
}

/** Sends the mail for the address that waits to be proved, once more. False when none waits. */
export async function resendConfirmation(ctx: Context, accountId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (!user || (user.confirmed_at !== null && user.unconfirmed_email === null)) return false
    await orderLetter(ctx, tx, { about: 'confirm', accountId })
    return true
  })
}

/** For people who are not signed in: sends the mail again if such an account waits; nobody learns whether it does. */
export async function resendTo(ctx: Context, email: string): Promise<void> {
  const user = await findUserByEmail(ctx.store.read, email)
  if (user) await resendConfirmation(ctx, user.account_id)
}

/**
 * Wants another address. Before the first was proved it is simply replaced; afterwards the old one stays until the new
 * one is proved. Refuses malformed and taken addresses.
 */
export async function changeEmail(ctx: Context, accountId: number, text: string): Promise<void> {
  const email = checkEmail(text)
  if ((await emailVerdict(ctx, email)) === 'blocked')
    throw new Refusal('invalid', 'This e-mail address cannot be used here: take one from another provider')
  try {
    await ctx.store.write(async (tx) => {
      const user = await findUser(tx, accountId)
      const other = await findUserByEmail(tx, email)
      if (other && other.account_id !== accountId)
        throw new Refusal('conflict', 'An account with this e-mail address exists already')
      const first = user?.confirmed_at === null
      const change = first ? { email, email_key: emailKey(email) } : { unconfirmed_email: email }
      const isBack = !first && other?.account_id === accountId && other.email === email
      await deleteEmailTokens(tx, accountId, 'confirm')
      await updateUser(tx, accountId, isBack ? { unconfirmed_email: null } : change)
      if (!isBack) await orderLetter(ctx, tx, { about: 'confirm', accountId })
    })
  } catch (error) {
    if (!ctx.store.dialect.isUniqueViolation(error)) throw error
    throw new Refusal('conflict', 'An account with this e-mail address exists already', error)
  }
}

/** Refuses with `unauthorized` unless this is the person's password. */
export async function requirePassword(ctx: Context, accountId: number, password: string): Promise<User> {
  const user = await findUser(ctx.store.read, accountId)
  const fits = await verifyPassword(password, user?.password_hash ?? null)
  if (!user || !fits) throw new Refusal('unauthorized', 'The current password is wrong')
  return user
}

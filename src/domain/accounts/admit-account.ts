// Lets somebody in: an e-mail address is taken as confirmed, a sign-up is approved.
import { Refusal, Unreachable } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { findUser, updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

/** Takes the e-mail address as confirmed; twice is once. */
export async function confirmAccount(ctx: Context, accountId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (user?.confirmed_at === null) await updateUser(tx, accountId, { confirmed_at: ctx.clock.now() })
  })
}

/** Approves a sign-up and tells the person by mail; twice is once. False when it was approved before. */
export async function approveAccount(ctx: Context, accountId: number): Promise<boolean> {
  const user = await ctx.store.write(async (tx) => {
    const waiting = await findUser(tx, accountId)
    if (waiting?.approved_at !== null) return undefined
    await updateUser(tx, accountId, { approved_at: ctx.clock.now() })
    return waiting
  })
  if (!user) return false
  if (user.email !== null) await welcome(ctx, accountId, user.email)
  return true
}

/** The approval stands, whether or not the mail can be sent. */
async function welcome(ctx: Context, accountId: number, email: string): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  const { title } = ctx.config
  const text = `Hello ${account?.username ?? ''},\n\nyour account on ${title} was approved. You can sign in now:\n${ctx.urls.origin}/\n`
  try {
    await ctx.mail.send({ to: email, subject: `Welcome to ${title}`, text })
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    ctx.log.warn({ error, accountId }, 'An approved person could not be told by mail.')
  }
}

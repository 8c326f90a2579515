// Lets somebody in or turns them away: an e-mail address is taken as confirmed, a sign-up is approved or rejected.
import { Refusal, Unreachable } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { listWaiting as listWaitingRows, removeSignUp } from '../../store/sign-ups.ts'
import { findUser, updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'
import { lettersFor } from '../sign-in/letter-words.ts'

/** Takes the e-mail address as confirmed; twice is once. */
export async function confirmAccount(ctx: Context, accountId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (user?.confirmed_at === null) await updateUser(tx, accountId, { confirmed_at: ctx.clock.now() })
  })
}

/** Approves a sign-up and tells the person by mail; twice is once. False when it was approved before. */
export async function approveAccount(ctx: Context, accountId: number, actor?: Actor): Promise<boolean> {
  const user = await ctx.store.write(async (tx) => {
    const waiting = await findUser(tx, accountId)
    if (waiting?.approved_at !== null) return undefined
    await updateUser(tx, accountId, { approved_at: ctx.clock.now() })
    await logAction(ctx, tx, actor, { action: 'approve', kind: 'account', id: accountId })
    return waiting
  })
  if (!user) return false
  if (user.email !== null) await welcome(ctx, accountId, { email: user.email, locale: user.locale })
  return true
}

async function welcome(
  ctx: Context,
  accountId: number,
  user: { email: string; locale: string },
): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  const { title } = ctx.config
  const { hello, approved } = lettersFor(user)
  const text = `${hello(account?.username ?? '')}\n\n${approved.text(title)}\n${ctx.urls.origin}/\n`
  await tell(ctx, { to: user.email, subject: approved.subject(title), text })
}

/**
 * Turns a sign-up away: the account goes as if it had never been, name and address are free again, and the person gets a
 * mail, with the moderator's words if there are any. False when there is no such sign-up (any more).
 */
export async function rejectAccount(
  ctx: Context,
  accountId: number,
  words = '',
  actor?: Actor,
): Promise<boolean> {
  const gone = await ctx.store.write(async (tx) => {
    const waiting = await findUser(tx, accountId)
    const account = await findAccount(tx, accountId)
    if (!waiting || !account || waiting.approved_at !== null) return undefined
    await removeSignUp(tx, accountId)
    const detail = { name: account.username }
    await logAction(ctx, tx, actor, { action: 'reject', kind: 'account', id: accountId, detail })
    return { email: waiting.email, locale: waiting.locale, username: account.username }
  })
  if (!gone) return false
  const { title } = ctx.config
  const reason = words.trim() === '' ? '' : `\n\n${words.trim().slice(0, 2000)}`
  const { hello, rejected } = lettersFor(gone)
  const text = `${hello(gone.username)}\n\n${rejected.text(title)}${reason}\n`
  if (gone.email !== null) await tell(ctx, { to: gone.email, subject: rejected.subject(title), text })
  return true
}

/** The sign-ups that wait for a moderator, oldest first: account ids after `afterId`, at most `limit`. */
export function listWaiting(ctx: Context, afterId = 0, limit = 40): Promise<number[]> {
  return listWaitingRows(ctx.store.read, afterId, limit)
}

/** What was decided stands, whether or not the mail can be sent. */
async function tell(ctx: Context, letter: { to: string; subject: string; text: string }): Promise<void> {
  try {
    await ctx.mail.send(letter)
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    ctx.log.warn({ error }, 'Somebody could not be told by mail what became of a sign-up.')
  }
}

// Mails about an account, ordered with the rows they speak of and written in the background when they are sent.
import { findAccount } from '../../store/accounts.ts'
import { findUser, findUserByEmail } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { issueEmailToken } from './email-tokens.ts'
import { findStrikes } from '../../store/moderation/strikes.ts'
import { lettersFor, signed } from './letter-words.ts'
import type { LetterWords, Notice } from './letter-shape.ts'

export const LETTERS_QUEUE = 'letters'
const LETTER = 'letter'

/**
 * `confirm`: proves an address (the new one, if there is one). `reset`: to whoever may have this address, which nobody is
 * told. `notice`: something about the account changed; `strike`: moderators did something about it; `to` is where
 * it is told. Secrets are made when the mail is sent.
 */
export type LetterOrder =
  | { about: 'confirm'; accountId: number }
  | { about: 'reset'; email: string }
  | { about: 'notice'; accountId: number; notice: Notice; to: string }
  | { about: 'strike'; accountId: number; strikeId: number; to: string }

/** Asks for a mail; it goes out after the commit. The same order twice, while the first still waits, is one mail. */
export async function orderLetter(ctx: Context, tx: Tx, order: LetterOrder): Promise<void> {
  const who = order.about === 'reset' ? order.email.toLowerCase() : String(order.accountId)
  const repeats = order.about === 'notice' || order.about === 'strike'
  const key = repeats ? {} : { key: `letter-${order.about}-${who}` }
  await ctx.jobs.add(tx, { queue: LETTERS_QUEUE, kind: LETTER, payload: order, ...key })
}

/** Tells the person that something about the account changed, if there is an address to tell it to. */
export async function orderNotice(ctx: Context, tx: Tx, user: User, notice: Notice): Promise<void> {
  const { account_id: accountId, email: to } = user
  if (to !== null) await orderLetter(ctx, tx, { about: 'notice', accountId, notice, to })
}

async function sendLetter(ctx: Context, order: LetterOrder): Promise<void> {
  if (order.about === 'confirm') return sendConfirmation(ctx, order.accountId)
  if (order.about === 'reset') return sendReset(ctx, order.email)
  const account = await findAccount(ctx.store.read, order.accountId)
  if (!account) return
  const words = lettersFor(await findUser(ctx.store.read, order.accountId))
  const hello = words.hello(account.username)
  if (order.about === 'strike') return sendStrike(ctx, order, { hello, strikes: words.strikes })
  const { subject, text } = words.notices[order.notice]
  const link = `${ctx.config.origin}/auth/password/new`
  await ctx.mail.send({
    to: order.to,
    subject: `${ctx.config.title}: ${subject}`,
    text: signed(ctx.config, hello, `${text}\n\n${words.notYou}\n${link}`),
  })
}

async function sendStrike(
  ctx: Context,
  order: { strikeId: number; to: string },
  { hello, strikes }: Pick<LetterWords, 'strikes'> & { hello: string },
): Promise<void> {
  const [strike] = await findStrikes(ctx.store.read, [order.strikeId])
  if (!strike) return
  const words = strikes.done[strike.action] ?? strikes.done['none']
  if (!words) return
  const said = strike.text.trim() === '' ? '' : `\n\n${strikes.theyWrote}\n\n${strike.text.trim()}`
  const isShutOut = strike.action === 'suspend' || strike.action === 'disable'
  const after = isShutOut
    ? `${strikes.shutOutAfter}\n${ctx.config.origin}/auth/shut-out`
    : `${strikes.after}\n${ctx.config.origin}/disputes/${order.strikeId}`
  const text = `${words.text}${said}\n\n${after}`
  await ctx.mail.send({
    to: order.to,
    subject: `${ctx.config.title}: ${words.subject}`,
    text: signed(ctx.config, hello, text),
  })
}

async function sendConfirmation(ctx: Context, accountId: number): Promise<void> {
  const user = await findUser(ctx.store.read, accountId)
  const account = await findAccount(ctx.store.read, accountId)
  const email = user?.unconfirmed_email ?? (user?.confirmed_at === null ? user.email : null)
  if (!user || !account || email === null) return
  const secret = await ctx.store.write((tx) =>
    issueEmailToken(ctx, tx, { accountId, kind: 'confirm', email }),
  )
  const link = `${ctx.config.origin}/auth/confirmation?token=${secret}`
  const letters = lettersFor(user)
  const words = user.confirmed_at === null ? letters.confirmSignUp : letters.confirmChange
  const hello = letters.hello(account.username)
  await ctx.mail.send({
    to: email,
    subject: `${ctx.config.title}: ${words.subject}`,
    text: signed(ctx.config, hello, `${words.text(ctx.config)}\n\n${link}\n\n${words.after}`),
  })
}

async function sendReset(ctx: Context, asked: string): Promise<void> {
  const user = await findUserByEmail(ctx.store.read, asked)
  const account = user && (await findAccount(ctx.store.read, user.account_id))
  if (!user || user.email === null || !account || account.deleted_at !== null) return
  const { account_id: accountId, email } = user
  const secret = await ctx.store.write((tx) => issueEmailToken(ctx, tx, { accountId, kind: 'reset', email }))
  const link = `${ctx.config.origin}/auth/password/edit?token=${secret}`
  const { hello, reset } = lettersFor(user)
  await ctx.mail.send({
    to: email,
    subject: `${ctx.config.title}: ${reset.subject}`,
    text: signed(ctx.config, hello(account.username), `${reset.text}\n\n${link}\n\n${reset.after}`),
  })
}

/** For whoever builds the house to register with its job runner. */
export const letterJobs: readonly {
  kind: string
  queue: string
  run(ctx: Context, payload: unknown): Promise<void>
}[] = [{ kind: LETTER, queue: LETTERS_QUEUE, run: (ctx, payload) => sendLetter(ctx, payload as LetterOrder) }]

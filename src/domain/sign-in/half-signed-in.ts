// Between password and second factor: a ticket which says that the password was right, for five minutes.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { newSecret } from '../../lib/secret.ts'
import { findUser } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import { keepSetting } from '../server/keep-setting.ts'

const LIFETIME_MS = 5 * 60_000

/** A ticket for this person; it dies with the password that it was given for. */
export async function giveTicket(ctx: Context, user: User): Promise<string> {
  const until = ctx.clock.now() + LIFETIME_MS
  return `${user.account_id}.${until}.${await sealOf(ctx, user, until)}`
}

/** The person behind a ticket, undefined when it is forged, too old, or the password has changed since. */
export async function readTicket(ctx: Context, ticket: string): Promise<User | undefined> {
  const match = /^(\d{1,16})\.(\d{1,16})\.([\w-]{43})$/.exec(ticket)
  if (!match) return undefined
  const until = Number(match[2])
  const user = await findUser(ctx.store.read, Number(match[1]))
  if (!user || until <= ctx.clock.now()) return undefined
  const [ours, theirs] = [Buffer.from(await sealOf(ctx, user, until)), Buffer.from(match[3] ?? '')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs) ? user : undefined
}

async function sealOf(ctx: Context, user: User, until: number): Promise<string> {
  const key = await formKey(ctx)
  return createHmac('sha256', key)
    .update(`second-factor:${user.account_id}:${until}:${user.password_hash ?? ''}`)
    .digest('base64url')
}

/** The server's secret for sealing what forms carry through a browser. */
export function formKey(ctx: Context): Promise<string> {
  return keepSetting(ctx, 'form-key', newSecret)
}

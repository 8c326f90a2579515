// The way in for whoever sets a server up: one link that works until somebody runs the server.
import type { Context } from '../context.ts'
import { hashSecret, matchesSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import { someoneHasRole } from '../../store/users.ts'
import { createAccount } from './create-account.ts'
import type { NewLocalAccount } from './create-account.ts'

const KEY = 'first-admin'

/** A fresh link that creates the first administrator; undefined once there is one. Older links stop working. */
export async function welcomeLink(ctx: Context): Promise<string | undefined> {
  if (await someoneHasRole(ctx.store.read, ['owner', 'admin'])) return undefined
  const secret = newSecret()
  await ctx.store.write((tx) => writeSetting(tx, KEY, hashSecret(secret)))
  return `${ctx.urls.origin}/welcome/${secret}`
}

/** Refuses a link that was used, replaced or never given. */
export async function checkWelcome(ctx: Context, secret: string): Promise<void> {
  const hash = await readSetting(ctx.store.read, KEY)
  const used =
    hash === undefined ||
    !matchesSecret(secret, hash) ||
    (await someoneHasRole(ctx.store.read, ['owner', 'admin']))
  if (used)
    throw new Refusal(
      'not-found',
      'This link does not work any more. Start the server anew to get another, or use the command line.',
    )
}

export interface FirstAdmin {
  username: string
  email: string
  password: string
}

/** Creates the owner; the link is used up. */
export async function welcomeFirstAdmin(
  ctx: Context,
  secret: string,
  who: FirstAdmin,
): Promise<NewLocalAccount> {
  await checkWelcome(ctx, secret)
  const account = await createAccount(ctx, { ...who, role: 'owner', confirmed: true, allowReserved: true })
  await ctx.store.write((tx) => writeSetting(tx, KEY, ''))
  return account
}

// A second factor for signing in: switched on with proof that the app works, checked so that no code works twice.
import { Refusal } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { replaceRecoveryCodes, replaceSecret, useStep } from '../../store/second-factors.ts'
import { findUser, updateUser } from '../../store/users.ts'
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { requirePassword } from './confirm-email.ts'
import { orderNotice } from './letters.ts'
import { openSecret, sealSecret, sealedAnew } from './kept-secret.ts'
import type { SealingContext } from './kept-secret.ts'
import type { Notice } from './letter-shape.ts'
import { newRecoveryCodes, newTotpSecret, recoveryHash, stepOf, totpUri } from './totp.ts'
import type { TotpSecret } from './totp.ts'

export interface Proof {
  password: string
  /** Of the authenticator app, or a recovery code. */
  code: string
}

export function hasTwoFactor(user: User): boolean {
  return user.otp_enabled_at !== null && user.otp_secret !== null
}

/** How many recovery codes are left. */
export function recoveryCodesLeft(user: User): number {
  return (JSON.parse(user.recovery_codes) as string[]).length
}

/** Makes a fresh secret for an authenticator app, to be proved. Refuses when a second factor is on. */
export async function prepareTwoFactor(ctx: SealingContext, accountId: number): Promise<void> {
  const secret = await sealSecret(ctx, accountId, await newTotpSecret())
  await ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (user?.otp_enabled_at !== null) throw new Refusal('conflict', 'Two-factor sign-in is on already')
    await updateUser(tx, accountId, { otp_secret: secret })
  })
}

/** The secret that waits to be proved, if there is one. */
export async function preparedTwoFactor(
  ctx: SealingContext,
  accountId: number,
): Promise<TotpSecret | undefined> {
  const user = await findUser(ctx.store.read, accountId)
  const account = await findAccount(ctx.store.read, accountId)
  if (!user || !account || user.otp_enabled_at !== null) return undefined
  const secret = await openSecret(ctx, user)
  if (secret === undefined) return undefined
  const label = `${account.username}@${ctx.config.domain}`
  return { secret, uri: await totpUri(secret, ctx.config.title, label) }
}

/** Switches the second factor on; gives the recovery codes, which are shown this once. */
export async function enableTwoFactor(
  ctx: SealingContext,
  accountId: number,
  proof: Proof,
): Promise<string[]> {
  const user = await requirePassword(ctx, accountId, proof.password)
  const secret = await openSecret(ctx, user)
  if (user.otp_enabled_at !== null) throw new Refusal('conflict', 'Two-factor sign-in is on already')
  const step = secret === undefined ? undefined : await stepOf(secret, plain(proof.code), ctx.clock.now())
  if (step === undefined)
    throw new Refusal('unauthorized', 'The code is wrong. Does the clock of your device go right?')
  return ctx.store.write(async (tx) => {
    const now = await findUser(tx, accountId)
    if (now?.otp_secret !== user.otp_secret || now?.otp_enabled_at !== null)
      throw new Refusal('conflict', 'Two-factor sign-in was changed a moment ago. Start again.')
    await updateUser(tx, accountId, { otp_enabled_at: ctx.clock.now(), otp_last_step: step })
    return giveCodes(ctx, tx, user, 'two-factor-on')
  })
}

/** Switches the second factor off. Refuses without the password and a code. */
export async function disableTwoFactor(ctx: SealingContext, accountId: number, proof: Proof): Promise<void> {
  const user = await requireBoth(ctx, accountId, proof)
  await ctx.store.write((tx) => takeAway(ctx, tx, user))
}

/** For somebody who lost phone and recovery codes: an operator who knows them switches it off. */
export async function dropTwoFactor(ctx: Context, accountId: number): Promise<void> {
  await ctx.store.write(async (tx) => {
    const user = await findUser(tx, accountId)
    if (!user || !hasTwoFactor(user)) throw new Refusal('conflict', 'Two-factor sign-in is not on')
    await takeAway(ctx, tx, user)
  })
}

async function takeAway(ctx: Context, tx: Tx, user: User): Promise<void> {
  const nothing = { otp_secret: null, otp_enabled_at: null, otp_last_step: null, recovery_codes: '[]' }
  await updateUser(tx, user.account_id, nothing)
  await orderNotice(ctx, tx, user, 'two-factor-off')
}

/** New recovery codes in place of all old ones. Refuses without the password and a code. */
export async function renewRecoveryCodes(
  ctx: SealingContext,
  accountId: number,
  proof: Proof,
): Promise<string[]> {
  const user = await requireBoth(ctx, accountId, proof)
  return ctx.store.write((tx) => giveCodes(ctx, tx, user, 'recovery-codes-renewed'))
}

async function giveCodes(ctx: Context, tx: Tx, user: User, notice: Notice): Promise<string[]> {
  const codes = newRecoveryCodes()
  const hashes = codes.map((code) => recoveryHash(code))
  await updateUser(tx, user.account_id, { recovery_codes: JSON.stringify(hashes) })
  await orderNotice(ctx, tx, user, notice)
  return codes
}

async function requireBoth(ctx: SealingContext, accountId: number, proof: Proof): Promise<User> {
  const user = await requirePassword(ctx, accountId, proof.password)
  if (!hasTwoFactor(user)) throw new Refusal('conflict', 'Two-factor sign-in is not on')
  await checkSecondFactor(ctx, accountId, proof.code)
  return user
}

/** Refuses with `unauthorized` unless the code is right and was never used before; uses it up. */
export async function checkSecondFactor(ctx: SealingContext, accountId: number, text: string): Promise<void> {
  const user = await findUser(ctx.store.read, accountId)
  const used = user && hasTwoFactor(user) && (await useCode(ctx, user, text))
  if (used !== true) throw new Refusal('unauthorized', 'The code is wrong, too old, or was used already')
}

async function useCode(ctx: SealingContext, user: User, text: string): Promise<boolean> {
  const step = await stepOf((await openSecret(ctx, user)) ?? '', plain(text), ctx.clock.now())
  if (step !== undefined) return useStepOf(ctx, user, step)
  const hash = recoveryHash(text)
  if (hash === undefined) return false
  return ctx.store.write(async (tx) => {
    const from = (await findUser(tx, user.account_id))?.recovery_codes ?? '[]'
    const codes = JSON.parse(from) as string[]
    if (!codes.includes(hash)) return false
    const to = JSON.stringify(codes.filter((code) => code !== hash))
    if (!(await replaceRecoveryCodes(tx, user.account_id, { from, to }))) return false
    await orderNotice(ctx, tx, user, 'recovery-code-used')
    return true
  })
}

/** A secret from before secrets were sealed is sealed along with its use. */
async function useStepOf(ctx: SealingContext, user: User, step: number): Promise<boolean> {
  const [from, to] = [user.otp_secret, await sealedAnew(ctx, user)]
  return ctx.store.write(async (tx) => {
    if (!(await useStep(tx, user.account_id, step))) return false
    if (from !== null && to !== undefined) await replaceSecret(tx, user.account_id, { from, to })
    return true
  })
}

/** Apps show codes in two groups of three. */
function plain(code: string): string {
  return code.replace(/[\s-]/g, '')
}

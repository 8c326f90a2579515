// How the secret of an authenticator app lies in the database: sealed, so that a stolen database makes no codes.
import type { User } from '../../model/user.ts'
import type { Context } from '../context.ts'
import type { Seal } from '../ports.ts'

export type SealingContext = Context & { readonly tokenSeal: Seal }

/** Secrets from before they were sealed are Base32, which has no such character. */
const SEALED = 'sealed:'

/** Bound to its account, so that nobody's secret can be put in another's place. */
const boundTo = (accountId: number): string => `authenticator:${accountId}`

export async function sealSecret(ctx: SealingContext, accountId: number, secret: string): Promise<string> {
  return SEALED + (await ctx.tokenSeal.seal(secret, boundTo(accountId)))
}

/** Undefined without a secret, and where the key that sealed it is missing. */
export async function openSecret(ctx: SealingContext, user: User): Promise<string | undefined> {
  const { otp_secret: kept, account_id: accountId } = user
  if (kept === null || !kept.startsWith(SEALED)) return kept ?? undefined
  const secret = await ctx.tokenSeal.open(kept.slice(SEALED.length), boundTo(accountId))
  if (secret === undefined)
    ctx.log.warn(
      { account: accountId },
      'The secret of an authenticator app does not open: copy push-tokens.key from the machine before this one into the data directory and start again; until then only recovery codes let its owner in.',
    )
  return secret
}

/** The sealed form of a secret that lies open, undefined for one that is sealed already. */
export async function sealedAnew(ctx: SealingContext, user: User): Promise<string | undefined> {
  const { otp_secret: kept, account_id: accountId } = user
  return kept === null || kept.startsWith(SEALED) ? undefined : sealSecret(ctx, accountId, kept)
}

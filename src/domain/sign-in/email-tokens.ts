// The secrets in mails: one at a time for each purpose, each works once and not for long.
import { hashSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import { findEmailToken, replaceEmailToken, useEmailToken } from '../../store/email-tokens.ts'
import type { EmailToken } from '../../store/email-tokens.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export type EmailTokenKind = 'confirm' | 'reset'

const HOUR_MS = 3_600_000
const LIFETIME_MS: Record<EmailTokenKind, number> = { confirm: 48 * HOUR_MS, reset: 2 * HOUR_MS }

/** A new secret for a mail to `email`; older ones of this kind stop working. */
export async function issueEmailToken(
  ctx: Context,
  tx: Tx,
  wanted: { accountId: number; kind: EmailTokenKind; email: string },
): Promise<string> {
  const secret = newSecret()
  const now = ctx.clock.now()
  await replaceEmailToken(tx, {
    token_hash: hashSecret(secret),
    account_id: wanted.accountId,
    kind: wanted.kind,
    email: wanted.email,
    created_at: now,
    expires_at: now + LIFETIME_MS[wanted.kind],
  })
  return secret
}

/** What the secret stands for, while it works. Refuses with `not-found`. */
export async function checkEmailToken(
  ctx: Context,
  kind: EmailTokenKind,
  secret: string,
): Promise<EmailToken> {
  return working(ctx, kind, await findEmailToken(ctx.store.read, hashSecret(secret)))
}

/** Uses the secret up in the transaction of what it allows. Refuses with `not-found`. */
export async function spendEmailToken(
  ctx: Context,
  tx: Tx,
  kind: EmailTokenKind,
  secret: string,
): Promise<EmailToken> {
  const hash = hashSecret(secret)
  const token = working(ctx, kind, await findEmailToken(tx, hash))
  if (!(await useEmailToken(tx, hash))) throw over()
  return token
}

function working(ctx: Context, kind: EmailTokenKind, token: EmailToken | undefined): EmailToken {
  if (!token || token.kind !== kind || token.expires_at <= ctx.clock.now()) throw over()
  return token
}

function over(): Refusal {
  return new Refusal(
    'not-found',
    'This link does not work any more: it was used already, replaced by a newer one, or is too old.',
  )
}

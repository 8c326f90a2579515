// Issues and revokes the tokens that apps call with, and the one-time codes that are exchanged for them.
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import { hashSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import {
  deleteTokens,
  findGrant,
  findTokenByHash,
  insertGrant,
  insertToken,
  listTokens,
  useGrant,
} from '../../store/tokens.ts'
import type { App } from '../../model/app.ts'
import type { Token } from '../../store/tokens.ts'
import { sweepGrants } from '../../store/grants.ts'
import { afterCommit } from '../../store/open.ts'
import { findAccount } from '../../store/accounts.ts'
import { findUser } from '../../store/users.ts'

export interface IssuedToken {
  /** Shown once; only its hash is kept. */
  secret: string
  token: Token
}

/** `accountId` null makes a token of the app alone. */
export interface TokenRequest {
  appId: number | null
  accountId: number | null
  scopes: readonly string[]
  /** The browser session with which the token ends. */
  sessionId?: number
}

export async function issueToken(ctx: Context, request: TokenRequest): Promise<IssuedToken> {
  return ctx.store.write((tx) => insertNewToken(ctx, tx, request))
}

async function insertNewToken(ctx: Context, tx: Tx, request: TokenRequest): Promise<IssuedToken> {
  const secret = newSecret()
  const token: Token = {
    id: ctx.ids.next(),
    token_hash: hashSecret(secret),
    app_id: request.appId,
    account_id: request.accountId,
    scopes: request.scopes.join(' '),
    created_at: ctx.clock.now(),
    last_used_at: null,
    session_id: request.sessionId ?? null,
  }
  await insertToken(tx, token)
  return { secret, token }
}

const CODE_LIFETIME_MS = 10 * 60_000
/** Used codes are remembered for a while, so that using one twice takes its token back. */
const KEPT_CODES_MS = 7 * 86_400_000

export interface GrantRequest {
  appId: number
  accountId: number
  redirectUri: string
  scopes: readonly string[]
  /** PKCE (RFC 7636), S256. */
  challenge: string | null
}

/** The code that an app exchanges for a token, once, within ten minutes. */
export async function issueCode(ctx: Context, request: GrantRequest): Promise<string> {
  const code = newSecret()
  const now = ctx.clock.now()
  await ctx.store.write(async (tx) => {
    await sweepGrants(tx, now - KEPT_CODES_MS)
    await insertGrant(tx, {
      code_hash: hashSecret(code),
      app_id: request.appId,
      account_id: request.accountId,
      redirect_uri: request.redirectUri,
      scopes: request.scopes.join(' '),
      challenge: request.challenge,
      created_at: now,
      expires_at: now + CODE_LIFETIME_MS,
    })
  })
  return code
}

export interface CodeExchange {
  app: App
  code: string
  redirectUri: string
  verifier: string | undefined
}

const INVALID_GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

/** A verifier for a code that was asked for without a challenge means that somebody took the challenge away on the way here. */
function provesPossession(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined || verifier === ''
  return challengeOf(verifier ?? '') === challenge
}

/** Exchanges a code; a code presented twice takes back the token that it gave (RFC 6749, 4.1.2). Refuses with `unauthorized`. */
export async function exchangeCode(ctx: Context, exchange: CodeExchange): Promise<IssuedToken> {
  const issued = await ctx.store.write(async (tx) => {
    const codeHash = hashSecret(exchange.code)
    const grant = await findGrant(tx, codeHash)
    const fits =
      grant !== undefined &&
      grant.app_id === exchange.app.id &&
      grant.redirect_uri === exchange.redirectUri &&
      grant.expires_at > ctx.clock.now() &&
      provesPossession(grant.challenge, exchange.verifier)
    if (!grant || !fits || !(await mayUseServer(tx, grant.account_id))) return undefined
    if (grant.token_id !== null) {
      await deleteTokens(tx, [grant.token_id])
      announceRevoked(ctx, tx, [grant.token_id])
      return undefined
    }
    const issuedToken = await insertNewToken(ctx, tx, {
      appId: grant.app_id,
      accountId: grant.account_id,
      scopes: grant.scopes.split(' '),
    })
    if (await useGrant(tx, codeHash, issuedToken.token.id)) return issuedToken
    // The same code came twice at the same moment: neither keeps what it got.
    const other = (await findGrant(tx, codeHash))?.token_id
    const ids = other === null || other === undefined ? [] : [other]
    await deleteTokens(tx, [...ids, issuedToken.token.id])
    announceRevoked(ctx, tx, ids)
    return undefined
  })
  if (!issued) throw new Refusal('unauthorized', INVALID_GRANT)
  return issued
}

/** Whoever was disabled, suspended or deleted after letting an app in gets no token any more. */
async function mayUseServer(tx: Tx, accountId: number): Promise<boolean> {
  const [account, user] = [await findAccount(tx, accountId), await findUser(tx, accountId)]
  if (!account || !user || account.deleted_at !== null || account.suspended_at !== null) return false
  return user.disabled_at === null && user.confirmed_at !== null && user.approved_at !== null
}

/** Open streams close at once: they listen here for `{ tokenId }` (revoked) and `{ accountId }` (may not use the server). */
export const REVOKED_CHANNEL = 'tokens:revoked'

/** Says after the commit that these tokens are gone. */
export function announceRevoked(ctx: Context, tx: Tx, tokenIds: readonly number[]): void {
  afterCommit(tx, () => {
    for (const tokenId of tokenIds) ctx.live.publish(REVOKED_CHANNEL, { tokenId })
  })
}

/** Revokes a token if it belongs to the app; unknown ones are fine, another app's is refused. */
export async function revokeToken(ctx: Context, app: App, secret: string): Promise<void> {
  await ctx.store.write(async (tx) => {
    const token = await findTokenByHash(tx, hashSecret(secret))
    if (!token) return
    if (token.app_id !== app.id) throw new Refusal('forbidden', 'You are not authorized to revoke this token')
    await deleteTokens(tx, [token.id])
    announceRevoked(ctx, tx, [token.id])
  })
}

/** With what somebody stays signed in: a browser session with its client, a single token. */
export interface Kept {
  sessionId?: number
  tokenId?: number
}

/** Revokes every token of an account but what is kept: after a new password, a suspension, or at the user's wish. */
export async function revokeAllTokens(
  ctx: Context,
  tx: Tx,
  accountId: number,
  keep: Kept = {},
): Promise<void> {
  const stays = (token: Token): boolean =>
    token.id === keep.tokenId || (token.session_id !== null && token.session_id === keep.sessionId)
  for (;;) {
    const tokens = await listTokens(tx, accountId)
    const ids = tokens.filter((token) => !stays(token)).map((token) => token.id)
    if (ids.length === 0) return
    await deleteTokens(tx, ids)
    announceRevoked(ctx, tx, ids)
  }
}

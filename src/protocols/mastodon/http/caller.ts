// Who calls: the bearer token of a request, looked up anew each time so that a revoked one fails at once.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../../domain/context.ts'
import { findToken, noteTokenUse } from '../../../domain/sign-in/find-token.ts'
import type { TokenHolder } from '../../../domain/sign-in/find-token.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Role } from '../../../model/account.ts'
import { includesScope } from './scopes.ts'

/** The app, and mostly the user, behind a request. */
export interface Caller {
  tokenId: number
  appId: number | null
  /** Null for a token of an app alone (client credentials). */
  accountId: number | null
  role: Role
  scopes: readonly string[]
}

export function bearerOf(c: HonoContext): string | undefined {
  const header = c.req.header('authorization')
  if (header !== undefined) {
    const match = /^bearer\s+(\S+)$/i.exec(header)
    if (match) return match[1]
  }
  return c.req.query('access_token') ?? c.req.query('bearer_token')
}

const INVALID = 'The access token is invalid'

function refuseUnusable(holder: TokenHolder, allowWaiting: boolean): void {
  if (holder.accountId === null) return
  if (holder.deletedAt !== null) throw new Refusal('unauthorized', INVALID)
  if (holder.disabledAt !== null || holder.suspendedAt !== null)
    throw new Refusal('forbidden', 'Your login is currently disabled')
  if (allowWaiting) return
  if (holder.confirmedAt === null)
    throw new Refusal('forbidden', 'Your login is missing a confirmed e-mail address')
  if (holder.approvedAt === null) throw new Refusal('forbidden', 'Your login is currently pending approval')
}

/** The caller behind a token; undefined without a token, a Refusal for one that is unknown or may not be used. */
export async function findCaller(
  ctx: Context,
  token: string | undefined,
  options: { allowUnconfirmed?: boolean } = {},
): Promise<Caller | undefined> {
  if (token === undefined) return undefined
  const holder = await findToken(ctx, token)
  if (!holder) throw new Refusal('unauthorized', INVALID)
  refuseUnusable(holder, options.allowUnconfirmed === true)
  noteTokenUse(ctx, holder)
  return {
    tokenId: holder.tokenId,
    appId: holder.appId,
    accountId: holder.accountId,
    role: (holder.role ?? 'user') as Role,
    scopes: holder.scopes.split(' '),
  }
}

/** Refuses a caller that none of the scopes was granted to. */
export function requireScope(caller: Caller, scopes: readonly string[]): void {
  if (scopes.length === 0 || scopes.some((scope) => includesScope(caller.scopes, scope))) return
  throw new Refusal('forbidden', 'This action is outside the authorized scopes')
}

// Where somebody is signed in, in browsers and apps, and ending that.
import { deleteGrants } from '../../store/grants.ts'
import { deleteSessions, listSessions } from '../../store/sessions.ts'
import type { Session } from '../../model/session.ts'
import { deleteTokens, findApps, listTokens } from '../../store/tokens.ts'
import type { Token } from '../../store/tokens.ts'
import type { Context } from '../context.ts'
import { announceRevoked, revokeAllTokens } from './tokens.ts'

/** The browsers that are signed in, newest first. */
export async function listOwnSessions(ctx: Context, accountId: number): Promise<Session[]> {
  return listSessions(ctx.store.read, accountId, ctx.clock.now())
}

/** Ends every session and token, open streams with them; `exceptSessionId` stays. */
export async function signOutEverywhere(
  ctx: Context,
  accountId: number,
  exceptSessionId?: number,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    await deleteSessions(tx, accountId, exceptSessionId)
    await deleteGrants(tx, accountId)
    await revokeAllTokens(
      ctx,
      tx,
      accountId,
      exceptSessionId === undefined ? {} : { sessionId: exceptSessionId },
    )
  })
}

/** An app that somebody let use the account. */
export interface AuthorizedApp {
  /** Null for tokens that no app asked for. */
  id: number | null
  name: string
  website: string | null
  scopes: string[]
  /** Milliseconds since 1970. */
  since: number
  lastUsedAt: number | null
}

/** The apps that may use the account, the newest first. */
export async function listAuthorizedApps(ctx: Context, accountId: number): Promise<AuthorizedApp[]> {
  const tokens = await listTokens(ctx.store.read, accountId)
  const byApp = Map.groupBy(tokens, (token) => token.app_id)
  const ids = [...byApp.keys()].filter((id) => id !== null)
  const apps = new Map((await findApps(ctx.store.read, ids)).map((app) => [app.id, app]))
  return [...byApp].map(([id, own]) => {
    const app = id === null ? undefined : apps.get(id)
    return { id, name: app?.name ?? 'An unnamed app', website: app?.website ?? null, ...summary(own) }
  })
}

function summary(tokens: readonly Token[]): Pick<AuthorizedApp, 'scopes' | 'since' | 'lastUsedAt'> {
  const used = tokens.flatMap((token) => token.last_used_at ?? [])
  return {
    scopes: [...new Set(tokens.flatMap((token) => token.scopes.split(' ')))],
    since: Math.min(...tokens.map((token) => token.created_at)),
    lastUsedAt: used.length === 0 ? null : Math.max(...used),
  }
}

/** Takes back every token that an app has for the account; its open streams end at once. */
export async function revokeAuthorizedApp(
  ctx: Context,
  accountId: number,
  appId: number | null,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const tokens = await listTokens(tx, accountId)
    const ids = tokens.filter((token) => token.app_id === appId).map((token) => token.id)
    await deleteGrants(tx, accountId)
    await deleteTokens(tx, ids)
    announceRevoked(ctx, tx, ids)
  })
}

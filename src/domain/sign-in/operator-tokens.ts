// Tokens that the operator makes for an account on the command line, for scripts and tests.
import { hashSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import { deleteTokens, findAppByClientId, findApps, insertApp, listTokens } from '../../store/tokens.ts'
import type { Token } from '../../store/tokens.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import { OUT_OF_BAND } from './apps.ts'
import { REVOKED_CHANNEL, issueToken } from './tokens.ts'
import type { IssuedToken } from './tokens.ts'

const CLIENT_ID = 'folkmoot-command-line'
const SCOPE = /^(profile|follow|push|(read|write|admin:read|admin:write)(:[a-z_]+)?)$/

/** Reads scopes separated by spaces or commas; refuses unknown ones. */
export function readScopes(text: string): string[] {
  const scopes = [...new Set(text.split(/[\s,]+/).filter((scope) => scope !== ''))]
  if (scopes.length === 0)
    throw new Refusal('invalid', 'Say what the token may do, such as "read write follow push"')
  const unknown = scopes.find((scope) => !SCOPE.test(scope))
  if (unknown !== undefined) throw new Refusal('invalid', `There is no scope "${unknown}"`)
  return scopes
}

/** A token that belongs to the app "Folkmoot command line", which is made the first time. */
export async function issueOperatorToken(
  ctx: Context,
  accountId: number,
  scopes: readonly string[],
): Promise<IssuedToken> {
  return issueToken(ctx, { appId: await commandLineApp(ctx), accountId, scopes })
}

async function commandLineApp(ctx: Context): Promise<number> {
  return ctx.store.write(async (tx) => {
    const known = await findAppByClientId(tx, CLIENT_ID)
    if (known) return known.id
    const id = ctx.ids.next()
    await insertApp(tx, {
      id,
      client_id: CLIENT_ID,
      // Nobody knows this secret: the app gets its tokens here only.
      client_secret_hash: hashSecret(newSecret()),
      name: 'Folkmoot command line',
      website: null,
      redirect_uris: JSON.stringify([OUT_OF_BAND]),
      scopes: 'read write follow push',
      created_at: ctx.clock.now(),
    })
    return id
  })
}

/** A token as an operator sees it; never its secret, which nobody keeps. */
export interface ListedToken {
  id: number
  app: string
  scopes: string
  createdAt: number
  lastUsedAt: number | null
}

/** The tokens of an account, newest first. */
export async function listAccountTokens(ctx: Context, accountId: number): Promise<ListedToken[]> {
  const tokens = await listTokens(ctx.store.read, accountId)
  const appIds = new Set(tokens.flatMap((token) => token.app_id ?? []))
  const apps = new Map((await findApps(ctx.store.read, [...appIds])).map((app) => [app.id, app.name]))
  return tokens.map((token) => ({
    id: token.id,
    app: apps.get(token.app_id ?? 0) ?? '',
    scopes: token.scopes,
    createdAt: token.created_at,
    lastUsedAt: token.last_used_at,
  }))
}

/** Takes back one token of the account, or all of them; says how many there were. */
export async function revokeAccountTokens(
  ctx: Context,
  accountId: number,
  tokenId?: number,
): Promise<number> {
  return ctx.store.write(async (tx) => {
    const wanted = (token: Token): boolean => tokenId === undefined || token.id === tokenId
    const ids = (await listTokens(tx, accountId)).filter(wanted).map((token) => token.id)
    afterCommit(tx, () => {
      for (const id of ids) ctx.live.publish(REVOKED_CHANNEL, { tokenId: id })
    })
    return deleteTokens(tx, ids)
  })
}

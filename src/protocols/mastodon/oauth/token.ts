// The token endpoint: codes and client credentials in, bearer tokens out; and revoking them (RFC 6749, 7009).
import type { Context as HonoContext, Hono } from 'hono'
import { authenticateApp } from '../../../domain/sign-in/apps.ts'
import { exchangeCode, issueToken, revokeToken } from '../../../domain/sign-in/tokens.ts'
import type { IssuedToken } from '../../../domain/sign-in/tokens.ts'
import type { App } from '../../../model/app.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { readBodyTree } from '../http/body.ts'
import { nestPairs, readParams } from '../http/params.ts'
import type { Params } from '../http/params.ts'
import { includesScope, parseScopes } from '../http/scopes.ts'

/** An OAuth error: its code, what it means and the status that goes with it. */
class OAuthError extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, description: string, status: number) {
    super(description)
    this.name = 'OAuthError'
    this.code = code
    this.status = status
  }
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'access-control-allow-origin': '*',
}

const UNKNOWN_CLIENT =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'

function basicCredentials(c: HonoContext): [string, string] | undefined {
  const match = /^basic\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')
  if (!match) return undefined
  const [id, secret] = Buffer.from(match[1] ?? '', 'base64')
    .toString()
    .split(':', 2)
  return id === undefined || secret === undefined ? undefined : [decodePart(id), decodePart(secret)]
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function requireApp(api: Api, c: HonoContext, params: Params): Promise<App> {
  const basic = basicCredentials(c)
  const clientId = basic?.[0] ?? params.text('client_id', 500) ?? ''
  const secret = basic?.[1] ?? params.text('client_secret', 500) ?? ''
  const app = await authenticateApp(api, clientId, secret)
  if (!app) throw new OAuthError('invalid_client', UNKNOWN_CLIENT, 401)
  return app
}

async function clientCredentials(api: Api, app: App, params: Params): Promise<IssuedToken> {
  const scopes = parseScopes(params.text('scope') ?? 'read')
  const registered = app.scopes.split(' ')
  if (!scopes || !scopes.every((scope) => includesScope(registered, scope)))
    throw new OAuthError('invalid_scope', 'The requested scope is invalid, unknown, or malformed.', 400)
  return issueToken(api, { appId: app.id, accountId: null, scopes })
}

async function authorizationCode(api: Api, app: App, params: Params): Promise<IssuedToken> {
  const code = params.text('code', 500)
  const redirectUri = params.text('redirect_uri', 2000)
  if (code === undefined || redirectUri === undefined)
    throw new OAuthError('invalid_request', 'Missing required parameter: code or redirect_uri.', 400)
  try {
    return await exchangeCode(api, { app, code, redirectUri, verifier: params.text('code_verifier', 500) })
  } catch (error) {
    if (error instanceof Refusal) throw new OAuthError('invalid_grant', error.safeText, 400)
    throw error
  }
}

async function issue(api: Api, c: HonoContext): Promise<unknown> {
  const params = await readAll(c)
  const app = await requireApp(api, c, params)
  const grant = params.text('grant_type')
  if (grant === undefined)
    throw new OAuthError('invalid_request', 'Missing required parameter: grant_type.', 400)
  if (grant !== 'authorization_code' && grant !== 'client_credentials')
    throw new OAuthError(
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
      400,
    )
  const { secret, token } =
    grant === 'authorization_code'
      ? await authorizationCode(api, app, params)
      : await clientCredentials(api, app, params)
  return {
    access_token: secret,
    token_type: 'Bearer',
    scope: token.scopes,
    created_at: Math.floor(token.created_at / 1000),
  }
}

async function revoke(api: Api, c: HonoContext): Promise<unknown> {
  const params = await readAll(c)
  const unauthorized = new OAuthError(
    'unauthorized_client',
    'You are not authorized to revoke this token',
    403,
  )
  const app = await requireApp(api, c, params).catch(() => {
    throw unauthorized
  })
  try {
    await revokeToken(api, app, params.text('token', 500) ?? '')
  } catch (error) {
    throw error instanceof Refusal ? unauthorized : error
  }
  return {}
}

async function readAll(c: HonoContext): Promise<Params> {
  const start = c.req.url.indexOf('?')
  const query = start < 0 ? nestPairs([]) : nestPairs(new URLSearchParams(c.req.url.slice(start + 1)))
  return readParams(Object.assign(query, await readBodyTree(c, 65_536)))
}

async function answerOAuth(
  api: Api,
  c: HonoContext,
  work: (api: Api, c: HonoContext) => Promise<unknown>,
): Promise<Response> {
  try {
    const allowance = await api.limits.consume('oauth', `ip:${api.clientKey(c)}`, {
      limit: 300,
      periodSeconds: 300,
    })
    if (api.config.rateLimits && !allowance.allowed)
      throw new OAuthError('slow_down', 'Too many requests', 429)
    return new Response(JSON.stringify(await work(api, c)), { headers: HEADERS })
  } catch (error) {
    const known =
      error instanceof OAuthError
        ? error
        : error instanceof Refusal
          ? new OAuthError('invalid_request', error.safeText, 400)
          : undefined
    if (!known) api.log.error({ error }, 'an OAuth request failed')
    const body = {
      error: known?.code ?? 'server_error',
      error_description: known?.message ?? 'Something went wrong on our side',
    }
    return new Response(JSON.stringify(body), { status: known?.status ?? 500, headers: HEADERS })
  }
}

export function addTokenRoutes(server: Hono, api: Api): void {
  server.post('/oauth/token', (c) => answerOAuth(api, c, issue))
  server.post('/oauth/revoke', (c) => answerOAuth(api, c, revoke))
}

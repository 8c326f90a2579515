// Lets the web client call the API with a token that no script can read: a cookie becomes the Authorization header.
import type { Context as HonoContext, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { OWN_CLIENT_SCOPES, ownClient } from '../../domain/sign-in/own-client.ts'
import { endSession, isWaiting, refuseDisabled, resumeSession } from '../../domain/sign-in/sign-in.ts'
import { issueToken, revokeToken } from '../../domain/sign-in/tokens.ts'
import { Refusal } from '../../model/refusal.ts'
import { safePath } from './parts.ts'
import type { PagesParts } from './parts.ts'

const TOKEN_COOKIE = 'folkmoot_client'
const SESSION_COOKIE = 'folkmoot_session'
/** Pages of other sites cannot send it without asking first, and our answer to that question leaves it out. */
const OWN_HEADER = 'x-folkmoot-client'
const MAX_AGE_SECONDS = 30 * 86_400

/** The token of this browser, if it is signed in. */
export function tokenOf(c: HonoContext): string | undefined {
  const token = getCookie(c, TOKEN_COOKIE)
  return token === undefined || token.length > 200 || !/^[\w-]+$/.test(token) ? undefined : token
}

/** Whether a request was made by a page of ours. */
function isOwn(c: HonoContext, origin: string): boolean {
  const site = c.req.header('sec-fetch-site')
  const from = c.req.header('origin')
  return (
    c.req.header(OWN_HEADER) !== undefined &&
    (site === undefined || site === 'same-origin') &&
    (from === undefined || from === origin)
  )
}

function addExchange(server: Hono, parts: PagesParts): void {
  server.use('/api/*', async (c, next) => {
    if (c.req.header('authorization') === undefined && isOwn(c, parts.config.origin)) {
      const token = tokenOf(c)
      if (token !== undefined) c.req.raw.headers.set('authorization', `Bearer ${token}`)
    }
    await next()
  })
}

/** The visit of somebody who has signed in on the pages for that, whether or not the client was opened since. */
async function visitOf(parts: PagesParts, c: HonoContext): ReturnType<typeof resumeSession> {
  const secret = getCookie(c, SESSION_COOKIE)
  return secret === undefined || secret.length > 200 ? undefined : resumeSession(parts, secret)
}

export async function isSignedIn(parts: PagesParts, c: HonoContext): Promise<boolean> {
  return (await visitOf(parts, c)) !== undefined
}

async function enter(parts: PagesParts, c: HonoContext): Promise<Response> {
  const to = safePath(c.req.query('return_to'))
  const visit = await visitOf(parts, c)
  if (!visit) {
    const back = `/auth/client?return_to=${encodeURIComponent(to)}`
    return c.redirect(`/auth/sign_in?return_to=${encodeURIComponent(back)}`, 303)
  }
  refuseDisabled(visit)
  if (isWaiting(visit)) return c.redirect('/auth/setup', 303)
  const app = await ownClient(parts)
  const old = tokenOf(c)
  if (old !== undefined) await revokeToken(parts, app, old).catch(ignoreForeign)
  const { secret: token } = await issueToken(parts, {
    appId: app.id,
    accountId: visit.account.id,
    scopes: OWN_CLIENT_SCOPES,
    sessionId: visit.session.id,
  })
  setCookie(c, TOKEN_COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: parts.config.origin.startsWith('https:'),
    path: '/',
    maxAge: MAX_AGE_SECONDS,
  })
  return c.redirect(to, 303)
}

/** A token in the cookie that another app owns is not ours to take back. */
function ignoreForeign(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

async function leave(parts: PagesParts, c: HonoContext): Promise<Response> {
  if (!isOwn(c, parts.config.origin)) return c.json({ error: 'Not a page of this server' }, 403)
  const token = tokenOf(c)
  if (token !== undefined) await revokeToken(parts, await ownClient(parts), token).catch(ignoreForeign)
  const visit = await visitOf(parts, c)
  if (visit) await endSession(parts, visit.account.id, visit.session.id)
  forget(c)
  deleteCookie(c, SESSION_COOKIE, { path: '/' })
  return c.json({})
}

/** Drops a token that the API does not accept any more. */
export function forget(c: HonoContext): void {
  deleteCookie(c, TOKEN_COOKIE, { path: '/' })
}

/** Add before the routes of the API. */
export function addClientSession(server: Hono, parts: PagesParts): void {
  addExchange(server, parts)
  server.get('/auth/client', async (c) => {
    try {
      return await enter(parts, c)
    } catch (error) {
      if (error instanceof Refusal) return c.text(error.safeText, 403)
      throw error
    }
  })
  server.post('/auth/leave', (c) => leave(parts, c))
}

// Lets the web client call the API with tokens that no script can read: a cookie becomes the Authorization header.
import type { Context as HonoContext, Hono } from 'hono'
import { ownClient, ownClientScopes } from '../../domain/sign-in/own-client.ts'
import { endSession, isWaiting, refuseDisabled, resumeSession } from '../../domain/sign-in/sign-in.ts'
import { issueToken, revokeToken } from '../../domain/sign-in/tokens.ts'
import { Refusal } from '../../model/refusal.ts'
import {
  accountsOf,
  currentAccount,
  forgetAccount,
  forgetCurrent,
  makeCurrent,
  MOST_ACCOUNTS,
  rememberAccount,
  sessionFor,
  sessionOf,
  tokenFor,
  tokenOf,
} from './client-cookies.ts'
import { safePath } from './parts.ts'
import type { PagesParts } from './parts.ts'

/** Pages of other sites cannot send it without asking first, and our answer to that question leaves it out. */
const OWN_HEADER = 'x-folkmoot-client'

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

/** The account that the page is for: it says so, or means whichever is current. */
function accountOf(c: HonoContext): string | undefined {
  const named = c.req.header(OWN_HEADER) ?? ''
  return /^\d{2,16}$/.test(named) ? named : undefined
}

function addExchange(server: Hono, parts: PagesParts): void {
  server.use('/api/*', async (c, next) => {
    if (c.req.header('authorization') === undefined && isOwn(c, parts.config.origin)) {
      const account = accountOf(c)
      const token = account === undefined ? tokenOf(c) : tokenFor(c, account)
      if (token !== undefined) c.req.raw.headers.set('authorization', `Bearer ${token}`)
    }
    await next()
  })
}

/** The visit of somebody who has signed in on the pages for that, whether or not the client was opened since. */
async function visitOf(parts: PagesParts, secret: string | undefined): ReturnType<typeof resumeSession> {
  return secret === undefined ? undefined : resumeSession(parts, secret)
}

export async function isSignedIn(parts: PagesParts, c: HonoContext): Promise<boolean> {
  return (await visitOf(parts, sessionOf(c))) !== undefined
}

/** Takes back the token that a new one replaces. */
async function replaceToken(parts: PagesParts, c: HonoContext, id: string): Promise<void> {
  const app = await ownClient(parts)
  const unnamed = currentAccount(c) === undefined ? tokenOf(c) : undefined
  for (const token of new Set([tokenFor(c, id), unnamed]))
    if (token !== undefined) await revokeToken(parts, app, token).catch(ignoreForeign)
}

async function enter(parts: PagesParts, c: HonoContext): Promise<Response> {
  const to = safePath(c.req.query('return_to'))
  const session = sessionOf(c)
  const visit = await visitOf(parts, session)
  if (!visit) {
    const back = `/auth/client?return_to=${encodeURIComponent(to)}`
    return c.redirect(`/auth/sign_in?return_to=${encodeURIComponent(back)}`, 303)
  }
  refuseDisabled(visit)
  if (isWaiting(visit)) return c.redirect('/auth/setup', 303)
  const id = String(visit.account.id)
  const others = accountsOf(c).filter((one) => one !== id)
  if (others.length >= MOST_ACCOUNTS)
    throw new Refusal(
      'forbidden',
      `A browser can be signed in with ${MOST_ACCOUNTS} accounts. Sign out of one of them first.`,
    )
  await replaceToken(parts, c, id)
  const { secret: token } = await issueToken(parts, {
    appId: (await ownClient(parts)).id,
    accountId: visit.account.id,
    scopes: ownClientScopes(visit.user.role),
    sessionId: visit.session.id,
  })
  rememberAccount(parts, c, { id, token, session })
  makeCurrent(parts, c, { token, session })
  return c.redirect(to, 303)
}

/** A token in the cookie that another app owns is not ours to take back. */
function ignoreForeign(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

async function endFor(parts: PagesParts, token: string | undefined, session: string | undefined) {
  if (token !== undefined) await revokeToken(parts, await ownClient(parts), token).catch(ignoreForeign)
  const visit = await visitOf(parts, session)
  if (visit) await endSession(parts, visit.account.id, visit.session.id)
}

/** Signs out the account of the page, or every account of this browser; says who is left. */
async function leave(parts: PagesParts, c: HonoContext): Promise<Response> {
  const current = currentAccount(c)
  const all = c.req.query('all') === '1'
  const named = accountOf(c) ?? current
  const ids = all ? accountsOf(c) : named === undefined ? [] : [named]
  for (const id of ids) {
    await endFor(parts, tokenFor(c, id), sessionFor(c, id))
    forgetAccount(c, id)
  }
  const rest = accountsOf(c).filter((id) => !ids.includes(id))
  if (current !== undefined && rest.includes(current)) return c.json({ accounts: rest, current })
  if (current === undefined || all) await endFor(parts, tokenOf(c), sessionOf(c))
  return passOn(parts, c, rest)
}

/** Another account of this browser takes the place of the one that left. */
function passOn(parts: PagesParts, c: HonoContext, rest: string[]): Response {
  const [next] = rest
  const token = next === undefined ? undefined : tokenFor(c, next)
  if (next === undefined || token === undefined) forgetCurrent(c)
  else makeCurrent(parts, c, { token, session: sessionFor(c, next) })
  return c.json({ accounts: rest, current: next ?? null })
}

/** Which account new pages are for; the page that asks has seen that its token still works. */
function change(parts: PagesParts, c: HonoContext): Response {
  const id = accountOf(c)
  const token = id === undefined ? undefined : tokenFor(c, id)
  if (id === undefined || token === undefined)
    return c.json({ error: 'This browser is not signed in with that account' }, 404)
  makeCurrent(parts, c, { token, session: sessionFor(c, id) })
  return c.json({ accounts: accountsOf(c), current: id })
}

/** Add before the routes of the API. */
export function addClientSession(server: Hono, parts: PagesParts): void {
  const own = (work: (c: HonoContext) => Response | Promise<Response>) => async (c: HonoContext) => {
    if (!isOwn(c, parts.config.origin)) return c.json({ error: 'Not a page of this server' }, 403)
    c.header('cache-control', 'no-store')
    return work(c)
  }
  addExchange(server, parts)
  server.get('/auth/client', async (c) => {
    try {
      return await enter(parts, c)
    } catch (error) {
      if (error instanceof Refusal) return c.text(error.safeText, 403)
      throw error
    }
  })
  server.get(
    '/auth/accounts',
    own((c) => c.json({ accounts: accountsOf(c), current: currentAccount(c) ?? null })),
  )
  server.post(
    '/auth/change',
    own((c) => change(parts, c)),
  )
  server.post(
    '/auth/leave',
    own((c) => leave(parts, c)),
  )
}

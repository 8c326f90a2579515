// The page on which people sign in, and signing out.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { checkCredentials, checkStanding, endSession } from '../../../domain/sign-in/sign-in.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { readBodyTree } from '../http/body.ts'
import { readParams } from '../http/params.ts'
import type { Params } from '../http/params.ts'
import { FORM_STYLE, FORM_STYLE_PATH, sendPage, sendProblem } from './layout.ts'
import { closeVisit, openVisit, requireOwnOrigin, requireSeal, visitOf } from './visitor.ts'

/** Only a path of this server is a place to return to: never `//elsewhere` or `/\elsewhere`. */
export function safeReturn(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/'
}

export async function sendSignIn(
  api: Api,
  c: HonoContext,
  form: { returnTo: string; login?: string; problem?: string; status?: number },
): Promise<Response> {
  const { config } = api
  return sendPage(c, {
    title: 'Sign in',
    site: config.title,
    status: form.status ?? 200,
    body: html`<h1>Sign in to ${config.title}</h1>
      <p class="soft">Your account lives on ${config.domain}.</p>
      ${form.problem === undefined ? '' : html`<p class="error" role="alert">${form.problem}</p>`}
      <form method="post" action="/auth/sign_in">
        <input type="hidden" name="return_to" value="${form.returnTo}" />
        <label for="login">Name or e-mail address</label>
        <input
          id="login"
          name="login"
          value="${form.login ?? ''}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          autofocus
        />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <div class="row"><button>Sign in</button></div>
      </form>`,
  })
}

export async function readForm(c: HonoContext): Promise<Params> {
  return readParams(await readBodyTree(c, 65_536))
}

async function signIn(api: Api, c: HonoContext): Promise<Response> {
  const params = await readForm(c)
  const returnTo = safeReturn(params.text('return_to'))
  const login = params.text('login', 320) ?? ''
  try {
    requireOwnOrigin(api, c)
    await limitAttempts(api, c, login)
    const person = await checkCredentials(api, login, params.text('password', 1000) ?? '')
    checkStanding(person)
    await openVisit(api, c, person.account.id)
    return c.redirect(returnTo, 303)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const status = error.code === 'too-many' ? 429 : error.code === 'unauthorized' ? 401 : 403
    return sendSignIn(api, c, { returnTo, login, problem: error.safeText, status })
  }
}

async function limitAttempts(api: Api, c: HonoContext, login: string): Promise<void> {
  if (!api.config.rateLimits) return
  const byAddress = await api.limits.consume('sign-in', `ip:${api.clientKey(c)}`, {
    limit: 25,
    periodSeconds: 300,
  })
  const byLogin = await api.limits.consume('sign-in', `login:${login.toLowerCase()}`, {
    limit: 25,
    periodSeconds: 3600,
  })
  if (!byAddress.allowed || !byLogin.allowed)
    throw new Refusal('too-many', 'Too many attempts to sign in. Wait a few minutes and try again.')
}

async function signOut(api: Api, c: HonoContext): Promise<Response> {
  const visit = await visitOf(api, c)
  if (visit) {
    requireOwnOrigin(api, c)
    requireSeal(visit.secret, (await readForm(c)).text('seal', 200))
    await endSession(api, visit.account.id, visit.session.id)
  }
  closeVisit(c)
  return c.redirect('/', 303)
}

/** Runs a page; a refusal becomes a page that says so. */
export async function guardPage(api: Api, c: HonoContext, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal)
      return sendProblem(c, api.config.title, {
        status: 403,
        title: 'That did not work',
        text: error.safeText,
      })
    api.log.error({ error }, 'a page failed')
    return sendProblem(c, api.config.title, {
      status: 500,
      title: 'Something went wrong',
      text: 'The trouble is on our side and has been logged. Try again in a moment.',
    })
  }
}

export function addSignInRoutes(server: Hono, api: Api): void {
  server.get(FORM_STYLE_PATH, (c) =>
    c.body(FORM_STYLE, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  server.get('/auth/sign_in', (c) =>
    guardPage(api, c, async () => {
      const returnTo = safeReturn(c.req.query('return_to'))
      return (await visitOf(api, c)) ? c.redirect(returnTo, 303) : sendSignIn(api, c, { returnTo })
    }),
  )
  server.post('/auth/sign_in', (c) => guardPage(api, c, () => signIn(api, c)))
  server.post('/auth/sign_out', (c) => guardPage(api, c, () => signOut(api, c)))
}

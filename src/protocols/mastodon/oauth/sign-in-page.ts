// The page on which people sign in, and signing out.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import {
  checkCredentials,
  endSession,
  isShutOut,
  isWaiting,
  loginKey,
} from '../../../domain/sign-in/sign-in.ts'
import type { SignedIn } from '../../../domain/sign-in/sign-in.ts'
import { hasTwoFactor } from '../../../domain/sign-in/two-factor.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { readBodyTree } from '../http/body.ts'
import { readParams } from '../http/params.ts'
import type { Params } from '../http/params.ts'
import { limitAttempts } from './attempts.ts'
import { inputField, problemLine } from './form-field.ts'
import { askSecondFactor } from './half-way.ts'
import { safeReturn } from './safe-return.ts'
import { FORM_STYLE, FORM_STYLE_PATH, sendPage, sendProblem } from './layout.ts'
import {
  closeVisit,
  openVisit,
  requireOwnOrigin,
  requireSeal,
  SHUT_OUT_PATH,
  shutOutVisitOf,
  visitOf,
} from './visitor.ts'
import { languageFor, readIn, say, sayRefusal } from '../words/say.ts'

export async function sendSignIn(
  api: Api,
  c: HonoContext,
  form: { returnTo: string; login?: string; problem?: string; status?: number },
): Promise<Response> {
  const { config } = api
  return sendPage(c, {
    title: say('Sign in'),
    site: config.title,
    status: form.status ?? 200,
    body: html`<h1>${say('Sign in')}</h1>
      <p class="soft">${say('Your account lives on {domain}.', { domain: config.domain })}</p>
      ${problemLine(form.problem)}
      <form method="post" action="/auth/sign_in">
        <input type="hidden" name="return_to" value="${form.returnTo}" />
        ${inputField({ name: 'login', label: say('Name or e-mail address'), value: form.login, autocomplete: 'username', verbatim: true, focus: true })}
        ${inputField({ name: 'password', label: say('Password'), type: 'password', autocomplete: 'current-password' })}
        <div class="row"><button>${say('Sign in')}</button></div>
      </form>
      <ul class="links">
        <li><a href="/auth/password/new">${say('Forgot your password?')}</a></li>
        ${config.registrations === 'closed' ? '' : html`<li><a href="/auth/sign_up">${say('Create an account')}</a></li>`}
        <li><a href="/auth/confirmation/new">${say('No mail to confirm your address?')}</a></li>
      </ul>`,
  })
}

export async function readForm(c: HonoContext): Promise<Params> {
  return readParams(await readBodyTree(c, 65_536))
}

/** Where somebody goes after signing in. */
export function placeFor(person: SignedIn, returnTo: string): string {
  if (isShutOut(person)) return SHUT_OUT_PATH
  return isWaiting(person) ? '/auth/setup' : returnTo
}

async function signIn(api: Api, c: HonoContext): Promise<Response> {
  const params = await readForm(c)
  const returnTo = safeReturn(params.text('return_to', 10_000))
  const login = params.text('login', 320) ?? ''
  try {
    requireOwnOrigin(api, c)
    await limitAttempts(api, c, 'sign-in', await loginKey(api, login))
    const person = await checkCredentials(api, login, params.text('password', 1000) ?? '')
    if (hasTwoFactor(person.user)) return await askSecondFactor(api, c, { user: person.user, returnTo })
    await openVisit(api, c, person.account.id)
    return c.redirect(placeFor(person, returnTo), 303)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return sendSignIn(api, c, {
      returnTo,
      login,
      problem: sayRefusal(error.safeText),
      status: pageStatus(error),
    })
  }
}

async function signOut(api: Api, c: HonoContext): Promise<Response> {
  const visit = (await visitOf(api, c)) ?? (await shutOutVisitOf(api, c))
  if (visit) {
    requireOwnOrigin(api, c)
    requireSeal(visit.secret, (await readForm(c)).text('seal', 200))
    await endSession(api, visit.account.id, visit.session.id)
  }
  closeVisit(c)
  return c.redirect('/', 303)
}

/** The status of a page that tells of a refusal. */
export function pageStatus({ code }: Refusal): number {
  const statuses: Partial<Record<Refusal['code'], number>> = {
    unauthorized: 401,
    invalid: 422,
    'not-found': 404,
    conflict: 409,
    'too-large': 413,
    'too-many': 429,
  }
  return statuses[code] ?? 403
}

/** Runs a page in the language of its reader; a refusal becomes a page that says so. */
export function guardPage(api: Api, c: HonoContext, work: () => Promise<Response>): Promise<Response> {
  return readIn(languageFor(c), () => guarded(api, c, work))
}

async function guarded(api: Api, c: HonoContext, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal)
      return sendProblem(c, api.config.title, {
        status: pageStatus(error),
        title: say('That did not work'),
        text: sayRefusal(error.safeText),
      })
    api.log.error({ error }, 'a page failed')
    return sendProblem(c, api.config.title, {
      status: 500,
      title: say('Something went wrong'),
      text: say('The trouble is on our side and has been logged. Try again in a moment.'),
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
      // Somebody who is signed in may sign in with another account beside it.
      const another = c.req.query('another') !== undefined
      if (!another && (await shutOutVisitOf(api, c))) return c.redirect(SHUT_OUT_PATH, 303)
      const known = !another && (await visitOf(api, c)) !== undefined
      return known ? c.redirect(returnTo, 303) : sendSignIn(api, c, { returnTo })
    }),
  )
  server.post('/auth/sign_in', (c) => guardPage(api, c, () => signIn(api, c)))
  server.post('/auth/sign_out', (c) => guardPage(api, c, () => signOut(api, c)))
}

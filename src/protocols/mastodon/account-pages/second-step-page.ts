// The second step of signing in: the code of the authenticator app, or a recovery code.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { findSignedIn } from '../../../domain/sign-in/sign-in.ts'
import { checkSecondFactor } from '../../../domain/sign-in/two-factor.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField, problemLine } from '../oauth/form-field.ts'
import { forgetHalfWay, halfWayUser, SECOND_STEP_PATH } from '../oauth/half-way.ts'
import { sendPage } from '../oauth/layout.ts'
import { safeReturn } from '../oauth/safe-return.ts'
import { guardPage, pageStatus, placeFor, readForm } from '../oauth/sign-in-page.ts'
import { openVisit, requireOwnOrigin } from '../oauth/visitor.ts'
import { say, sayRefusal } from '../words/say.ts'

function sendStep(
  api: Api,
  c: HonoContext,
  form: { returnTo: string; problem?: string; status?: number },
): Promise<Response> {
  return sendPage(c, {
    title: say('Sign in'),
    site: api.config.title,
    status: form.status ?? 200,
    body: html`<h1>${say('Enter your code')}</h1>
      <p>
        ${say('Open your authenticator app and type the six digits that it shows for {domain}.', { domain: api.config.domain })}
      </p>
      ${problemLine(form.problem)}
      <form method="post" action="${SECOND_STEP_PATH}">
        <input type="hidden" name="return_to" value="${form.returnTo}" />
        ${inputField({ name: 'code', label: say('Code'), autocomplete: 'one-time-code', maxlength: 40, verbatim: true, focus: true, hint: say('Lost your device? Type one of your recovery codes instead.') })}
        <div class="row"><button>${say('Sign in')}</button></div>
      </form>
      <ul class="links">
        <li><a href="/auth/sign_in">${say('Start again')}</a></li>
      </ul>`,
  })
}

function startAgain(c: HonoContext, returnTo: string): Response {
  return c.redirect(`/auth/sign_in?return_to=${encodeURIComponent(returnTo)}`, 303)
}

async function take(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const form = await readForm(c)
  const returnTo = safeReturn(form.text('return_to', 10_000))
  const user = await halfWayUser(api, c)
  if (!user) return startAgain(c, returnTo)
  try {
    await limitAttempts(api, c, 'second-factor', user.account_id)
    await checkSecondFactor(api, user.account_id, form.text('code', 100) ?? '')
    const person = await findSignedIn(api, user.account_id)
    if (!person) return startAgain(c, returnTo)
    forgetHalfWay(c)
    await openVisit(api, c, user.account_id)
    return c.redirect(placeFor(person, returnTo), 303)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return sendStep(api, c, { returnTo, problem: sayRefusal(error.safeText), status: pageStatus(error) })
  }
}

export function addSecondStepRoutes(server: Hono, api: Api): void {
  server.get(SECOND_STEP_PATH, (c) =>
    guardPage(api, c, async () => {
      const returnTo = safeReturn(c.req.query('return_to'))
      return (await halfWayUser(api, c)) ? sendStep(api, c, { returnTo }) : startAgain(c, returnTo)
    }),
  )
  server.post(SECOND_STEP_PATH, (c) => guardPage(api, c, () => take(api, c)))
}

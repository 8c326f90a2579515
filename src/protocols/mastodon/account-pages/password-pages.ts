// A forgotten password: asking for a link, and choosing a new password behind it.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { checkReset, requestReset, resetPassword } from '../../../domain/sign-in/change-password.ts'
import { MIN_PASSWORD } from '../../../domain/sign-in/password.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField, problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import { guardPage, readForm } from '../oauth/sign-in-page.ts'
import { closeVisit, requireOwnOrigin } from '../oauth/visitor.ts'
import { say, sayRefusal } from '../words/say.ts'

function askWhere(api: Api, c: HonoContext): Promise<Response> {
  return sendPage(c, {
    title: say('Forgotten password'),
    site: api.config.title,
    body: html`<h1>${say('Forgot your password?')}</h1>
      <p>${say('Tell us the e-mail address of your account, and we send you a link for a new one.')}</p>
      <form method="post" action="/auth/password">
        ${inputField({ name: 'email', label: say('E-mail address'), type: 'email', autocomplete: 'email', maxlength: 254, focus: true })}
        <div class="row"><button>${say('Send the link')}</button></div>
      </form>
      <ul class="links">
        <li><a href="/auth/sign_in">${say('Back to signing in')}</a></li>
      </ul>`,
  })
}

/** The same answer whether or not somebody has that address: who has an account here is nobody's business. */
async function sendLink(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const email = (await readForm(c)).required('email', 400).trim()
  await limitAttempts(api, c, 'password-reset', email)
  await requestReset(api, email)
  return sendPage(c, {
    title: say('Look into your mailbox'),
    site: api.config.title,
    body: html`<h1>${say('Look into your mailbox')}</h1>
      <p>
        ${say('If somebody here has the address {email}, a mail with a link is on its way. The link works for two hours.', { email })}
      </p>
      <ul class="links">
        <li><a href="/auth/sign_in">${say('Back to signing in')}</a></li>
      </ul>`,
  })
}

function sendChoice(
  api: Api,
  c: HonoContext,
  form: { secret: string; problem?: string; status?: number },
): Promise<Response> {
  return sendPage(c, {
    title: say('New password'),
    site: api.config.title,
    status: form.status ?? 200,
    body: html`<h1>${say('Choose a new password')}</h1>
      <p>${say('All browsers and apps that are signed in to your account will be signed out.')}</p>
      ${problemLine(form.problem)}
      <form method="post" action="/auth/password/edit">
        <input type="hidden" name="token" value="${form.secret}" />
        ${inputField({ name: 'password', label: say('New password'), type: 'password', autocomplete: 'new-password', minlength: MIN_PASSWORD, maxlength: 256, focus: true, hint: say('At least {count} characters. Several words are easy to remember and hard to guess.', { count: MIN_PASSWORD }) })}
        <div class="row"><button>${say('Set the password')}</button></div>
      </form>`,
  })
}

async function choose(api: Api, c: HonoContext): Promise<Response> {
  await limitAttempts(api, c, 'password-reset')
  const secret = (c.req.query('token') ?? c.req.query('reset_password_token') ?? '').slice(0, 200)
  await checkReset(api, secret)
  return sendChoice(api, c, { secret })
}

async function set(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  await limitAttempts(api, c, 'password-reset')
  const form = await readForm(c)
  const secret = form.text('token', 200) ?? ''
  try {
    await resetPassword(api, secret, form.text('password', 2000) ?? '')
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid') throw error
    return sendChoice(api, c, { secret, problem: sayRefusal(error.safeText), status: 422 })
  }
  closeVisit(c)
  return sendPage(c, {
    title: say('New password set'),
    site: api.config.title,
    body: html`<h1>${say('Your new password is set')}</h1>
      <p>${say('Everything that was signed in to your account is signed out.')}</p>
      <div class="row"><a class="button" href="/auth/sign_in">${say('Sign in')}</a></div>`,
  })
}

export function addPasswordRoutes(server: Hono, api: Api): void {
  server.get('/auth/password/new', (c) => guardPage(api, c, () => askWhere(api, c)))
  server.post('/auth/password', (c) => guardPage(api, c, () => sendLink(api, c)))
  server.get('/auth/password/edit', (c) => guardPage(api, c, () => choose(api, c)))
  server.post('/auth/password/edit', (c) => guardPage(api, c, () => set(api, c)))
  server.get('/.well-known/change-password', (c) => c.redirect('/auth/edit', 302))
}

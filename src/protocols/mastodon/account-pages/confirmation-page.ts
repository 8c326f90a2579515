// The page behind the link in a confirmation mail, and asking for that mail again without being signed in.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { checkConfirmation, confirmEmail, resendTo } from '../../../domain/sign-in/confirm-email.ts'
import type { Api } from '../api.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import { guardPage, readForm } from '../oauth/sign-in-page.ts'
import { requireOwnOrigin } from '../oauth/visitor.ts'
import { say } from '../words/say.ts'

/** Programs that look into mails open links: so the address is confirmed by a button, not by opening the page. */
async function ask(api: Api, c: HonoContext): Promise<Response> {
  await limitAttempts(api, c, 'confirmation')
  const secret = (c.req.query('token') ?? c.req.query('confirmation_token') ?? '').slice(0, 200)
  const email = await checkConfirmation(api, secret)
  return sendPage(c, {
    title: say('Confirm your e-mail address'),
    site: api.config.title,
    body: html`<h1>${say('Is this your address?')}</h1>
      <p><strong>${email}</strong></p>
      <form method="post" action="/auth/confirmation">
        <input type="hidden" name="token" value="${secret}" />
        <div class="row"><button>${say('Yes, confirm it')}</button></div>
      </form>`,
  })
}

async function confirm(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  await limitAttempts(api, c, 'confirmation')
  const user = await confirmEmail(api, (await readForm(c)).text('token', 200) ?? '')
  const next =
    user.approved_at === null
      ? html`<p>
          ${say('Now the people who run this server look at your request. You get a mail as soon as it is decided.')}
        </p>`
      : html`<p>${say('You can go back to your app now, or start right here.')}</p>
          <div class="row"><a class="button" href="/auth/client?return_to=/start">${say('Go on')}</a></div>`
  return sendPage(c, {
    title: say('Confirmed'),
    site: api.config.title,
    body: html`<h1>${say('Your e-mail address is confirmed')}</h1>
      ${next}`,
  })
}

function askWhere(api: Api, c: HonoContext): Promise<Response> {
  return sendPage(c, {
    title: say('Send the mail again'),
    site: api.config.title,
    body: html`<h1>${say('No mail to confirm your address?')}</h1>
      <p>${say('It may lie among unwanted mail. Otherwise tell us the address, and we send it again.')}</p>
      <form method="post" action="/auth/confirmation/new">
        ${inputField({ name: 'email', label: say('E-mail address'), type: 'email', autocomplete: 'email', maxlength: 254 })}
        <div class="row"><button>${say('Send it again')}</button></div>
      </form>`,
  })
}

async function sendAgain(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const email = (await readForm(c)).required('email', 400).trim()
  await limitAttempts(api, c, 'confirmation', email)
  await resendTo(api, email)
  return sendPage(c, {
    title: say('Look into your mailbox'),
    site: api.config.title,
    body: html`<h1>${say('Look into your mailbox')}</h1>
      <p>${say('If an account waits for {email} to be confirmed, a mail is on its way.', { email })}</p>`,
  })
}

export function addConfirmationRoutes(server: Hono, api: Api): void {
  server.get('/auth/confirmation', (c) => guardPage(api, c, () => ask(api, c)))
  server.post('/auth/confirmation', (c) => guardPage(api, c, () => confirm(api, c)))
  server.get('/auth/confirmation/new', (c) => guardPage(api, c, () => askWhere(api, c)))
  server.post('/auth/confirmation/new', (c) => guardPage(api, c, () => sendAgain(api, c)))
}

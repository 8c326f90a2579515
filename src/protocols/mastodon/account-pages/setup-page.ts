// Where somebody stands between signing up and being let in: confirm the address, correct it, wait for approval.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { changeEmail, resendConfirmation } from '../../../domain/sign-in/confirm-email.ts'
import { isWaiting } from '../../../domain/sign-in/sign-in.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField, problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { pageStatus } from '../oauth/sign-in-page.ts'
import { ownForm, ownPage, sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { say, sayHtml, sayRefusal } from '../words/say.ts'

interface Note {
  done?: string
  problem?: string
  status?: number
}

function sendSetup(opened: Opened, note: Note = {}): Promise<Response> {
  const { api, c, visit } = opened
  const unconfirmed = visit.user.confirmed_at === null
  return sendPage(c, {
    title: say(unconfirmed ? 'Confirm your e-mail address' : 'Waiting for approval'),
    site: api.config.title,
    status: note.status ?? 200,
    body: html`${unconfirmed ? askToConfirm(opened, note) : askToWait(opened)} ${signOutForm(opened)}`,
  })
}

function askToConfirm(opened: Opened, note: Note): Html {
  const { user } = opened.visit
  return html`<h1>${say('Look into your mailbox')}</h1>
    ${note.done === undefined ? '' : html`<p class="done" role="status">${note.done}</p>`}
    <p>
      ${sayHtml(user.approved_at === null ? 'We sent a mail to {email}. Open the link in it to confirm that the address is yours; then the people who run this server look at your request.' : 'We sent a mail to {email}. Open the link in it to confirm that the address is yours.', { email: html`<strong>${user.email ?? ''}</strong>` })}
    </p>
    <form method="post" action="/auth/setup">
      ${sealField(opened)}
      <div class="row">
        <button name="wish" value="resend" class="quiet">${say('Send the mail again')}</button>
      </div>
    </form>
    <h2>${say('Is the address wrong?')}</h2>
    ${problemLine(note.problem)}
    <form method="post" action="/auth/setup">
      ${sealField(opened)}
      ${inputField({ name: 'email', label: say('E-mail address'), type: 'email', autocomplete: 'email', maxlength: 254 })}
      <div class="row">
        <button name="wish" value="change" class="quiet">${say('Change the address')}</button>
      </div>
    </form>`
}

function askToWait({ visit }: Opened): Html {
  return html`<h1>${say('Your request is being looked at')}</h1>
    <p>
      ${sayHtml('Your e-mail address is confirmed. The people who run this server read each request themselves; as soon as yours is decided you get a mail to {email}.', { email: html`<strong>${visit.user.email ?? ''}</strong>` })}
    </p>`
}

function signOutForm(opened: Opened): Html {
  return html`<form method="post" action="/auth/sign_out">
    ${sealField(opened)}
    <div class="row"><button class="quiet">${say('Sign out')}</button></div>
  </form>`
}

export function addSetupRoutes(server: Hono, api: Api): void {
  ownPage(
    server,
    api,
    '/auth/setup',
    async (opened) => {
      if (!isWaiting(opened.visit)) return opened.c.redirect('/auth/client?return_to=/start', 303)
      const done = opened.c.req.query('sent') === '1' ? say('The mail is on its way once more.') : undefined
      return sendSetup(opened, done === undefined ? {} : { done })
    },
    { waiting: true },
  )
  ownForm(
    server,
    api,
    '/auth/setup',
    async (opened, form) => {
      const { c, visit } = opened
      if (visit.user.confirmed_at !== null) return c.redirect('/auth/setup', 303)
      try {
        await limitAttempts(api, c, 'confirmation', visit.account.id)
        if (form.text('wish', 20) === 'change')
          await changeEmail(api, visit.account.id, form.required('email', 400).trim())
        else await resendConfirmation(api, visit.account.id)
        return c.redirect('/auth/setup?sent=1', 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return sendSetup(opened, { problem: sayRefusal(error.safeText), status: pageStatus(error) })
      }
    },
    { waiting: true },
  )
}

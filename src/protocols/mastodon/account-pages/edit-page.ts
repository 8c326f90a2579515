// The page on which people change their e-mail address and their password, each with the current password.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { changePassword } from '../../../domain/sign-in/change-password.ts'
import { changeEmail, requirePassword } from '../../../domain/sign-in/confirm-email.ts'
import { MIN_PASSWORD } from '../../../domain/sign-in/password.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import type { Params } from '../http/params.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField, problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { pageStatus } from '../oauth/sign-in-page.ts'
import { ownForm, ownPage, sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { say, sayHtml, sayRefusal } from '../words/say.ts'
import type { Sentence } from '../words/say.ts'

interface Note {
  about?: 'email' | 'password'
  problem?: string
  done?: string
  status?: number
}

const DONE: Record<string, Sentence> = {
  email: 'A mail is on its way to the new address. It counts as soon as you open the link in it.',
  password: 'Your new password is set. Everywhere else you are signed out.',
}

function sendEdit(opened: Opened, note: Note = {}): Promise<Response> {
  const { api, c } = opened
  return sendPage(c, {
    title: say('E-mail address and password'),
    site: api.config.title,
    status: note.status ?? 200,
    body: html`<h1>${say('E-mail address and password')}</h1>
      ${note.done === undefined ? '' : html`<p class="done" role="status">${note.done}</p>`}
      ${emailForm(opened, note.about === 'email' ? note.problem : undefined)}
      ${passwordForm(opened, note.about === 'password' ? note.problem : undefined)}
      <ul class="links">
        <li><a href="/settings/security">${say('Two-factor sign-in, browsers and apps')}</a></li>
        <li><a href="/settings">${say('All settings')}</a></li>
      </ul>`,
  })
}

function emailForm(opened: Opened, problem: string | undefined): Html {
  const { email, unconfirmed_email: wanted } = opened.visit.user
  return html`<h2>${say('E-mail address')}</h2>
    <p>${sayHtml('Yours is {email}.', { email: html`<strong>${email ?? say('not known')}</strong>` })}</p>
    ${wanted === null ? '' : html`<p class="soft">${say('{email} waits to be confirmed.', { email: wanted })}</p>`}
    ${problemLine(problem)}
    <form method="post" action="/auth/edit/email">
      ${sealField(opened)}
      ${inputField({ name: 'email', label: say('New e-mail address'), type: 'email', autocomplete: 'email', maxlength: 254 })}
      <div class="field">
        <label for="email-current">${say('Current password')}</label>
        <input id="email-current" name="current" type="password" autocomplete="current-password" required />
      </div>
      <div class="row"><button>${say('Change the address')}</button></div>
    </form>`
}

function passwordForm(opened: Opened, problem: string | undefined): Html {
  return html`<h2>${say('Password')}</h2>
    ${problemLine(problem)}
    <form method="post" action="/auth/edit/password">
      ${sealField(opened)}
      <input type="hidden" name="username" value="${opened.visit.account.username}" autocomplete="username" />
      ${inputField({ name: 'current', label: say('Current password'), type: 'password', autocomplete: 'current-password' })}
      ${inputField({ name: 'password', label: say('New password'), type: 'password', autocomplete: 'new-password', minlength: MIN_PASSWORD, maxlength: 256, hint: say('At least {count} characters. All other browsers and apps will be signed out.', { count: MIN_PASSWORD }) })}
      <div class="row"><button>${say('Change the password')}</button></div>
    </form>`
}

export function addEditRoutes(server: Hono, api: Api): void {
  ownPage(server, api, '/auth/edit', (opened) => {
    const done = DONE[opened.c.req.query('done') ?? '']
    return sendEdit(opened, done === undefined ? {} : { done: say(done) })
  })
  const change = (about: 'email' | 'password', work: (opened: Opened, form: Params) => Promise<void>): void =>
    ownForm(server, api, `/auth/edit/${about}`, async (opened, form) => {
      const { c, visit } = opened
      try {
        await limitAttempts(api, c, 'own-password', visit.account.id)
        await requirePassword(api, visit.account.id, form.text('current', 2000) ?? '')
        await work(opened, form)
        return c.redirect(`/auth/edit?done=${about}`, 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return sendEdit(opened, { about, problem: sayRefusal(error.safeText), status: pageStatus(error) })
      }
    })
  change('email', ({ visit }, form) =>
    changeEmail(api, visit.account.id, (form.text('email', 400) ?? '').trim()),
  )
  change('password', ({ visit }, form) =>
    changePassword(api, visit.account.id, form.text('password', 2000) ?? '', { sessionId: visit.session.id }),
  )
}

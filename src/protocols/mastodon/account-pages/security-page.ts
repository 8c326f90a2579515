// The page that shows where somebody is signed in, in browsers and apps, and ends it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { ownClientId } from '../../../domain/sign-in/own-client.ts'
import {
  listAuthorizedApps,
  listOwnSessions,
  revokeAuthorizedApp,
  signOutEverywhere,
} from '../../../domain/sign-in/sessions.ts'
import type { AuthorizedApp } from '../../../domain/sign-in/sessions.ts'
import { endSession } from '../../../domain/sign-in/sign-in.ts'
import { hasTwoFactor } from '../../../domain/sign-in/two-factor.ts'
import { parseId } from '../../../lib/id.ts'
import type { Session } from '../../../model/session.ts'
import type { Api } from '../api.ts'
import type { Params } from '../http/params.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { sentenceFor } from '../oauth/scope-words.ts'
import { ownForm, ownPage, sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { closeVisit } from '../oauth/visitor.ts'
import { describeBrowser } from './describe-browser.ts'
import { moment } from './moment.ts'
import { say, sayHtml } from '../words/say.ts'

const PATH = '/settings/security'
const APPS_PATH = '/oauth/authorized_applications'

async function showSecurity(opened: Opened): Promise<Response> {
  const { api, c, visit } = opened
  const sessions = await listOwnSessions(api, visit.account.id)
  return sendPage(c, {
    title: say('Sign-in and security'),
    site: api.config.title,
    wide: true,
    body: html`<h1>${say('Sign-in and security')}</h1>
      ${ways(opened)}
      <h2>${say('Browsers')}</h2>
      <p class="soft">
        ${say('Signed in with your password. Whatever you do not know: sign it out and change your password.')}
      </p>
      <ul class="things">
        ${sessions.map((session) => sessionLine(opened, session))}
      </ul>
      ${await appsPart(opened)}
      <h2>${say('Sign out everywhere')}</h2>
      <p>${say('Ends every browser session and takes back what every app may do, this browser included.')}</p>
      <form method="post" action="${PATH}/sign-out-everywhere">
        ${sealField(opened)}
        <div class="row"><button class="danger">${say('Sign out everywhere')}</button></div>
      </form>
      <ul class="links">
        <li><a href="/settings/security/invites">${say('Invitations')}</a></li>
        <li><a href="/settings">${say('All settings')}</a></li>
      </ul>`,
  })
}

function ways({ visit }: Opened): Html {
  const on = hasTwoFactor(visit.user)
  return html`<ul class="things">
    <li>
      <div>
        <p><strong>${say('E-mail address and password')}</strong></p>
        <p class="soft">${visit.user.email ?? say('no address')}</p>
      </div>
      <a class="button quiet" href="/auth/edit"
        >${say('Change')}<span class="beyond">${say('E-mail address and password')}</span></a
      >
    </li>
    <li>
      <div>
        <p>
          <strong>${say('Two-factor sign-in')}</strong>
          <span class="tag${on ? '' : ' off'}">${say(on ? 'On' : 'Off')}</span>
        </p>
        <p class="soft">${say('A code from your phone beside the password.')}</p>
      </div>
      <a class="button quiet" href="/settings/security/two-factor"
        >${say(on ? 'Change' : 'Set up')}<span class="beyond">${say('Two-factor sign-in')}</span></a
      >
    </li>
  </ul>`
}

function sessionLine(opened: Opened, session: Session): Html {
  const own = session.id === opened.visit.session.id
  const browser = describeBrowser(session.user_agent)
  const form = html`<form method="post" action="${PATH}/sessions">
    ${sealField(opened)}
    <button
      class="danger"
      name="id"
      value="${session.id}"
      aria-label="${say('Sign out {browser} from {address}', { browser, address: session.address })}"
    >
      ${say('Sign out')}
    </button>
  </form>`
  return html`<li>
    <div>
      <p><strong>${browser}</strong>${own ? html` <span class="tag">${say('This browser')}</span>` : ''}</p>
      <p class="soft">
        ${session.address}, ${sayHtml('last used {moment}', { moment: moment(session.last_used_at) })}
      </p>
    </div>
    ${own ? '' : form}
  </li>`
}

async function appsPart(opened: Opened): Promise<Html> {
  const { api, visit } = opened
  const own = await ownClientId(api)
  const apps = (await listAuthorizedApps(api, visit.account.id)).filter(
    (app) => own === undefined || app.id !== own,
  )
  const none = html`<p class="soft">${say('No app may use your account.')}</p>`
  return html`<h2>${say('Apps')}</h2>
    ${
      apps.length === 0
        ? none
        : html`<ul class="things">
            ${apps.map((app) => appLine(opened, app))}
          </ul>`
    }`
}

function appLine(opened: Opened, app: AuthorizedApp): Html {
  const used =
    app.lastUsedAt === null
      ? say('never used')
      : sayHtml('last used {moment}', { moment: moment(app.lastUsedAt) })
  return html`<li>
    <div>
      <p><strong>${app.name}</strong></p>
      <p class="soft">${sayHtml('Since {moment}', { moment: moment(app.since) })}, ${used}</p>
      <details>
        <summary>${say('What it may do')}</summary>
        <ul>
          ${app.scopes.map((scope) => html`<li>${sentenceFor(scope)}</li>`)}
        </ul>
      </details>
    </div>
    <form method="post" action="${APPS_PATH}/${app.id ?? 0}">
      ${sealField(opened)}
      <button class="danger" aria-label="${say('Take back what {app} may do', { app: app.name })}">
        ${say('Take back')}
      </button>
    </form>
  </li>`
}

async function showApps(opened: Opened): Promise<Response> {
  return sendPage(opened.c, {
    title: say('Apps that may use your account'),
    site: opened.api.config.title,
    wide: true,
    body: html`<h1>${say('Apps that may use your account')}</h1>
      ${await appsPart(opened)}
      <ul class="links">
        <li><a href="${PATH}">${say('Sign-in and security')}</a></li>
      </ul>`,
  })
}

async function revoke({ api, c, visit }: Opened): Promise<Response> {
  const id = parseId(c.req.param('id')) ?? 0
  await revokeAuthorizedApp(api, visit.account.id, id === 0 ? null : id)
  const referer = c.req.header('referer') ?? ''
  return c.redirect(referer.endsWith(APPS_PATH) ? APPS_PATH : PATH, 303)
}

async function leaveEverywhere({ api, c, visit }: Opened): Promise<Response> {
  await signOutEverywhere(api, visit.account.id)
  closeVisit(c)
  return c.redirect('/auth/sign_in', 303)
}

async function endOne({ api, c, visit }: Opened, form: Params): Promise<Response> {
  await endSession(api, visit.account.id, parseId(form.text('id', 20)) ?? 0)
  return c.redirect(PATH, 303)
}

export function addSecurityRoutes(server: Hono, api: Api): void {
  ownPage(server, api, PATH, showSecurity)
  ownForm(server, api, `${PATH}/sessions`, endOne)
  ownForm(server, api, `${PATH}/sign-out-everywhere`, leaveEverywhere)
  ownPage(server, api, APPS_PATH, showApps)
  ownForm(server, api, `${APPS_PATH}/:id`, revoke)
}

// The page that creates the first administrator, behind the link that the server prints when nobody runs it yet.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { checkWelcome, welcomeFirstAdmin } from '../../../domain/accounts/first-admin.ts'
import { MIN_PASSWORD } from '../../../domain/sign-in/password.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { sendPage } from './layout.ts'
import { guardPage, readForm } from './sign-in-page.ts'
import { openVisit, requireOwnOrigin } from './visitor.ts'
import { say, sayRefusal } from '../words/say.ts'

interface Filled {
  username?: string
  email?: string
  problem?: string
  status?: number
}

function sendWelcome(api: Api, c: HonoContext, filled: Filled): Promise<Response> {
  return sendPage(c, {
    title: say('Welcome'),
    site: api.config.title,
    ...(filled.status === undefined ? {} : { status: filled.status }),
    body: html`<h1>${say('Welcome to your own server')}</h1>
      <p>
        ${say('Create the first account: it runs {domain}, and it is yours to post with as well.', { domain: api.config.domain })}
      </p>
      ${filled.problem === undefined ? '' : html`<p class="error" role="alert">${filled.problem}</p>`}
      <form method="post">
        <label for="username">${say('Name')}</label>
        <input
          id="username"
          name="username"
          value="${filled.username ?? ''}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          maxlength="30"
          required
          autofocus
          aria-describedby="address"
        />
        <p class="soft" id="address">
          ${say('Letters without accents, digits and _. Others will find you as name@{domain}.', { domain: api.config.domain })}
        </p>
        <label for="email">${say('E-mail address')}</label>
        <input
          id="email"
          name="email"
          type="email"
          value="${filled.email ?? ''}"
          autocomplete="email"
          required
        />
        <label for="password">${say('Password')}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength="${MIN_PASSWORD}"
          required
          aria-describedby="hint"
        />
        <p class="soft" id="hint">
          ${say('At least {count} characters. Several words are easy to remember and hard to guess.', { count: MIN_PASSWORD })}
        </p>
        <div class="row"><button>${say('Create the account')}</button></div>
      </form>`,
  })
}

async function create(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const form = await readForm(c)
  const username = form.text('username', 100) ?? ''
  const email = form.text('email', 320) ?? ''
  const secret = c.req.param('secret') ?? ''
  await checkWelcome(api, secret)
  try {
    const account = await welcomeFirstAdmin(api, secret, {
      username,
      email,
      password: form.text('password', 1000) ?? '',
    })
    await openVisit(api, c, account.accountId)
    return c.redirect('/', 303)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return sendWelcome(api, c, { username, email, problem: sayRefusal(error.safeText), status: 422 })
  }
}

export function addWelcomeRoutes(server: Hono, api: Api): void {
  server.get('/welcome/:secret', (c) =>
    guardPage(api, c, async () => {
      await checkWelcome(api, c.req.param('secret'))
      return sendWelcome(api, c, {})
    }),
  )
  server.post('/welcome/:secret', (c) => guardPage(api, c, () => create(api, c)))
}

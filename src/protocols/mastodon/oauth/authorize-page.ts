// The page on which a person lets an app in (RFC 6749, 4.1; PKCE by RFC 7636), and the code that the app gets.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { OUT_OF_BAND } from '../../../domain/sign-in/apps.ts'
import { findAppByClientId } from '../../../domain/sign-in/find-app.ts'
import { isWaiting } from '../../../domain/sign-in/sign-in.ts'
import { issueCode } from '../../../domain/sign-in/tokens.ts'
import type { App } from '../../../model/app.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { includesScope, parseScopes } from '../http/scopes.ts'
import type { Params } from '../http/params.ts'
import { nestPairs, readParams } from '../http/params.ts'
import { sendPage } from './layout.ts'
import { sentenceFor } from './scope-words.ts'
import { guardPage, readForm, sendSignIn } from './sign-in-page.ts'
import { formSeal, requireOwnOrigin, requireSeal, visitOf } from './visitor.ts'
import type { Visit } from './visitor.ts'
import { say, sayHtml } from '../words/say.ts'

interface Request {
  app: App
  redirectUri: string
  scopes: string[]
  state: string | undefined
  challenge: string | null
  mode: string
}

/** An error that the app is told of through its redirect. */
class AuthorizeError extends Error {
  readonly code: string
  constructor(code: string, description: string) {
    super(description)
    this.name = 'AuthorizeError'
    this.code = code
  }
}

/** The app and redirect must be right before anything else: errors about them are shown here, never redirected. */
async function readTarget(api: Api, params: Params): Promise<{ app: App; redirectUri: string }> {
  const app = await findAppByClientId(api, params.text('client_id', 500) ?? '')
  if (!app) throw new Refusal('invalid', 'This app is not known here. Start signing in from the app again.')
  const redirectUri = params.text('redirect_uri', 2000) ?? ''
  if (!(JSON.parse(app.redirect_uris) as string[]).includes(redirectUri))
    throw new Refusal(
      'invalid',
      'The app asks to be called back at an address that it did not register. Start signing in from the app again.',
    )
  return { app, redirectUri }
}

function readRequest(params: Params, target: { app: App; redirectUri: string }): Request {
  if (params.text('response_type') !== 'code')
    throw new AuthorizeError(
      'unsupported_response_type',
      'The authorization server does not support this response type.',
    )
  const scopes = parseScopes(params.text('scope') ?? 'read')
  const registered = target.app.scopes.split(' ')
  if (!scopes || scopes.length === 0 || !scopes.every((scope) => includesScope(registered, scope)))
    throw new AuthorizeError('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  const challenge = params.text('code_challenge', 200) ?? null
  if (challenge !== null && params.text('code_challenge_method') !== 'S256')
    throw new AuthorizeError('invalid_code_challenge_method', 'The code challenge method must be S256.')
  const mode = params.text('response_mode') ?? 'query'
  if (!['query', 'fragment', 'form_post'].includes(mode))
    throw new AuthorizeError(
      'unsupported_response_mode',
      'The authorization server does not support this response mode.',
    )
  return { ...target, scopes, state: params.text('state', 4000), challenge, mode }
}

/** Leads the browser back to the app. Not `c.redirect`: apps register schemes of their own. */
async function sendBack(
  c: HonoContext,
  target: { redirectUri: string; state: string | undefined; mode: string; site: string },
  answer: Record<string, string>,
): Promise<Response> {
  const values = { ...answer, ...(target.state === undefined ? {} : { state: target.state }) }
  if (target.mode === 'form_post')
    return sendPage(c, {
      title: say('Back to the app'),
      site: target.site,
      formTargets: new URL(target.redirectUri).origin,
      body: html`<h1>${say('Back to the app')}</h1>
        <form method="post" action="${target.redirectUri}">
          ${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
          <div class="row"><button>${say('Continue')}</button></div>
        </form>`,
    })
  const pairs = new URLSearchParams(values).toString()
  const join = target.mode === 'fragment' ? '#' : target.redirectUri.includes('?') ? '&' : '?'
  return new Response(null, {
    status: 303,
    headers: { location: `${target.redirectUri}${join}${pairs}`, 'cache-control': 'no-store' },
  })
}

function askConsent(api: Api, c: HonoContext, asked: Request, visit: Visit): Promise<Response> {
  const { app } = asked
  const query = c.req.url.slice(c.req.url.indexOf('?') + 1)
  const target = asked.redirectUri === OUT_OF_BAND ? '' : schemeSource(asked.redirectUri)
  return sendPage(c, {
    title: say('Let {app} in?', { app: app.name }),
    site: api.config.title,
    ...(target === '' ? {} : { formTargets: target }),
    body: html`<h1>${say('Let {app} use your account?', { app: app.name })}</h1>
      <p>
        ${sayHtml('You are signed in as {handle}.', { handle: html`<strong>@${visit.account.username}@${api.config.domain}</strong>` })}
      </p>
      <p>${say('{app} will be able to:', { app: app.name })}</p>
      <ul>
        ${asked.scopes.map((scope) => html`<li>${sentenceFor(scope)}</li>`)}
      </ul>
      ${app.website === null ? '' : html`<p class="soft">${sayHtml('The app says it comes from {address}.', { address: html`<a href="${app.website}" rel="noopener nofollow">${app.website}</a>` })}</p>`}
      <p class="soft">
        ${whereTo(asked.redirectUri)} ${say('You can take this back at any time in your settings.')}
      </p>
      <form method="post" action="/oauth/authorize">
        <input type="hidden" name="seal" value="${formSeal(visit.secret)}" />
        <input type="hidden" name="query" value="${query}" />
        <div class="row">
          <button name="decision" value="allow">${say('Let it in')}</button>
          <button name="decision" value="deny" class="quiet">${say('Do not')}</button>
        </div>
      </form>`,
  })
}

/** The name of an app can be made up; where it is called back cannot. */
function whereTo(redirectUri: string): string {
  if (redirectUri === OUT_OF_BAND) return say('You get a code to copy into the app.')
  const url = new URL(redirectUri)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb
    ? say('Afterwards you are led to {host}.', { host: url.host })
    : say('Afterwards you are led back to the app on this device.')
}

/** What CSP's form-action needs so that the redirect after the form is followed. */
function schemeSource(uri: string): string {
  const url = new URL(uri)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : url.protocol
}

async function begin(api: Api, c: HonoContext): Promise<Response> {
  const start = c.req.url.indexOf('?')
  const params = readParams(nestPairs(new URLSearchParams(start < 0 ? '' : c.req.url.slice(start + 1))))
  const target = await readTarget(api, params)
  try {
    const asked = readRequest(params, target)
    const visit = await visitOf(api, c)
    if (!visit || params.flag('force_login') === true) {
      const back = new URLSearchParams(c.req.url.slice(start + 1))
      back.delete('force_login')
      return await sendSignIn(api, c, { returnTo: `/oauth/authorize?${back.toString()}` })
    }
    if (isWaiting(visit)) return c.redirect('/auth/setup', 303)
    return await askConsent(api, c, asked, visit)
  } catch (error) {
    return tellApp(api, c, params, { target, error })
  }
}

function tellApp(
  api: Api,
  c: HonoContext,
  params: Params,
  { target, error }: { target: { redirectUri: string }; error: unknown },
): Promise<Response> {
  if (!(error instanceof AuthorizeError)) throw error
  if (target.redirectUri === OUT_OF_BAND) throw new Refusal('invalid', error.message)
  const back = {
    redirectUri: target.redirectUri,
    state: params.text('state', 4000),
    mode: 'query',
    site: api.config.title,
  }
  return sendBack(c, back, { error: error.code, error_description: error.message })
}

async function decide(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const form = await readForm(c)
  const query = form.text('query', 10_000) ?? ''
  const visit = await visitOf(api, c)
  if (!visit) return sendSignIn(api, c, { returnTo: `/oauth/authorize?${query}` })
  requireSeal(visit.secret, form.text('seal', 200))
  if (isWaiting(visit)) return c.redirect('/auth/setup', 303)
  const params = readParams(nestPairs(new URLSearchParams(query)))
  const target = await readTarget(api, params)
  try {
    const asked = readRequest(params, target)
    if (form.text('decision') !== 'allow')
      throw new AuthorizeError(
        'access_denied',
        'The resource owner or authorization server denied the request.',
      )
    const code = await issueCode(api, {
      appId: asked.app.id,
      accountId: visit.account.id,
      redirectUri: asked.redirectUri,
      scopes: asked.scopes,
      challenge: asked.challenge,
    })
    if (asked.redirectUri === OUT_OF_BAND)
      return c.redirect(`/oauth/authorize/native?code=${encodeURIComponent(code)}`, 303)
    return await sendBack(c, { ...asked, site: api.config.title }, { code })
  } catch (error) {
    return tellApp(api, c, params, { target, error })
  }
}

function showCode(api: Api, c: HonoContext): Promise<Response> {
  return sendPage(c, {
    title: say('Your code'),
    site: api.config.title,
    body: html`<h1>${say('Copy this code into the app')}</h1>
      <code class="secret">${(c.req.query('code') ?? '').slice(0, 200)}</code>
      <p class="soft">${say('It works once, for ten minutes.')}</p>`,
  })
}

export function addAuthorizeRoutes(server: Hono, api: Api): void {
  server.get('/oauth/authorize', (c) => guardPage(api, c, () => begin(api, c)))
  server.post('/oauth/authorize', (c) => guardPage(api, c, () => decide(api, c)))
  server.get('/oauth/authorize/native', (c) => guardPage(api, c, () => showCode(api, c)))
}

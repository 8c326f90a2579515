// The page on which people switch two-factor sign-in on and off, with a QR code for their authenticator app.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import {
  disableTwoFactor,
  enableTwoFactor,
  hasTwoFactor,
  prepareTwoFactor,
  preparedTwoFactor,
  recoveryCodesLeft,
  renewRecoveryCodes,
} from '../../../domain/sign-in/two-factor.ts'
import type { Proof } from '../../../domain/sign-in/two-factor.ts'
import type { TotpSecret } from '../../../domain/sign-in/totp.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import type { Params } from '../http/params.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { inputField, problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { guardPage, pageStatus } from '../oauth/sign-in-page.ts'
import { ownForm, ownPage, sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { visitOf } from '../oauth/visitor.ts'
import { say, sayRefusal } from '../words/say.ts'

const PATH = '/settings/security/two-factor'

function sendTwoFactor(opened: Opened, body: Html, status = 200): Promise<Response> {
  const { api, c } = opened
  return sendPage(c, {
    title: say('Two-factor sign-in'),
    site: api.config.title,
    status,
    body: html`<h1>${say('Two-factor sign-in')}</h1>
      ${body}
      <ul class="links">
        <li><a href="/settings/security">${say('Sign-in and security')}</a></li>
      </ul>`,
  })
}

async function show(opened: Opened, problem?: Refusal): Promise<Response> {
  const { api, visit } = opened
  const status = problem === undefined ? 200 : pageStatus(problem)
  const line = problemLine(problem && sayRefusal(problem.safeText))
  if (hasTwoFactor(visit.user)) return sendTwoFactor(opened, html`${line}${isOn(opened)}`, status)
  const prepared = await preparedTwoFactor(api, visit.account.id)
  return sendTwoFactor(
    opened,
    prepared ? html`${setUp(opened, prepared, line)}` : html`${line}${isOff(opened)}`,
    status,
  )
}

function isOff(opened: Opened): Html {
  return html`<p>
      ${say('Signing in then takes a code from an app on your phone beside the password. Whoever learns your password cannot use it alone.')}
    </p>
    <form method="post" action="${PATH}/begin">
      ${sealField(opened)}
      <div class="row"><button>${say('Set it up')}</button></div>
    </form>`
}

function setUp(opened: Opened, { secret, uri }: TotpSecret, line: Html | ''): Html {
  return html`<ol>
      <li>${say('Open your authenticator app and scan this picture.')}</li>
      <li>${say('Type the code that the app then shows, and your password.')}</li>
    </ol>
    <img
      class="qr"
      src="${PATH}/qr.svg"
      alt="${say('QR code for your authenticator app')}"
      width="192"
      height="192"
    />
    <p class="soft">
      <a href="${uri}">${say('Open it on this device')}</a>${say(', or type this into the app:')}
    </p>
    <code class="secret">${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
    ${line}
    <form method="post" action="${PATH}/on">
      ${sealField(opened)} ${proofFields('one-time-code')}
      <div class="row"><button>${say('Switch it on')}</button></div>
    </form>
    <form method="post" action="${PATH}/begin">
      ${sealField(opened)}
      <div class="row"><button class="quiet">${say('Start with another secret')}</button></div>
    </form>`
}

function isOn(opened: Opened): Html {
  const left = recoveryCodesLeft(opened.visit.user)
  return html`<p><span class="tag">${say('On')}</span></p>
    <p>
      ${say('You have {left, plural, one {one recovery code} other {# recovery codes}} left for when your device is lost.', { left })}
    </p>
    <h2>${say('Change it')}</h2>
    <p>${say('Either takes your password and a code from the app, or a recovery code.')}</p>
    <form method="post" action="${PATH}/change">
      ${sealField(opened)} ${proofFields('one-time-code')}
      <div class="row">
        <button name="wish" value="renew">${say('New recovery codes')}</button>
        <button name="wish" value="off" class="danger">${say('Switch it off')}</button>
      </div>
    </form>`
}

function proofFields(autocomplete: string): Html {
  return html`${inputField({ name: 'password', label: say('Password'), type: 'password', autocomplete: 'current-password' })}
  ${inputField({ name: 'code', label: say('Code'), autocomplete, maxlength: 40, verbatim: true })}`
}

function sendCodes(opened: Opened, codes: readonly string[]): Promise<Response> {
  return sendTwoFactor(
    opened,
    html`<p class="done" role="status">${say('Two-factor sign-in is on.')}</p>
      <h2>${say('Your recovery codes')}</h2>
      <p>
        ${say('Each lets you in once when your device is lost. Write them down or keep them with your passwords:')}
        <strong>${say('they are shown only now.')}</strong>
      </p>
      <ul class="codes">
        ${codes.map((code) => html`<li>${code}</li>`)}
      </ul>
      <div class="row"><a class="button" href="/settings/security">${say('I have kept them')}</a></div>`,
  )
}

async function proofOf({ api, c, visit }: Opened, form: Params): Promise<Proof> {
  await limitAttempts(api, c, 'second-factor', visit.account.id)
  return { password: form.text('password', 2000) ?? '', code: form.text('code', 100) ?? '' }
}

/** The picture is made anew for each look and kept nowhere. */
async function sendQr(api: Api, c: HonoContext): Promise<Response> {
  const visit = await visitOf(api, c)
  const prepared = visit && (await preparedTwoFactor(api, visit.account.id))
  if (!prepared) return c.text('Not found', 404)
  const { default: QRCode } = await import('qrcode')
  const svg = await QRCode.toString(prepared.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    },
  })
}

export function addTwoFactorRoutes(server: Hono, api: Api): void {
  ownPage(server, api, PATH, (opened) => show(opened))
  server.get(`${PATH}/qr.svg`, (c) => guardPage(api, c, () => sendQr(api, c)))
  const form = (name: string, work: (opened: Opened, fields: Params) => Promise<Response>): void =>
    ownForm(server, api, `${PATH}/${name}`, async (opened, fields) => {
      try {
        return await work(opened, fields)
      } catch (error) {
        if (error instanceof Refusal) return show(opened, error)
        throw error
      }
    })
  form('begin', async ({ c, visit }) => {
    await prepareTwoFactor(api, visit.account.id)
    return c.redirect(PATH, 303)
  })
  form('on', async (opened, fields) =>
    sendCodes(opened, await enableTwoFactor(api, opened.visit.account.id, await proofOf(opened, fields))),
  )
  form('change', async (opened, fields) => {
    const { id } = opened.visit.account
    const proof = await proofOf(opened, fields)
    if (fields.text('wish', 20) === 'renew')
      return sendCodes(opened, await renewRecoveryCodes(api, id, proof))
    if (fields.text('wish', 20) !== 'off') throw new Refusal('invalid', 'Say what is to change')
    await disableTwoFactor(api, id, proof)
    return opened.c.redirect(PATH, 303)
  })
}

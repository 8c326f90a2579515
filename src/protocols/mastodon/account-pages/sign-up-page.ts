// The page on which people sign up, with or without an invitation, and its answers to programs that fill in forms.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { admission, signUp } from '../../../domain/accounts/sign-up.ts'
import type { Admission } from '../../../domain/accounts/sign-up.ts'
import { LABELS, SignUpRefusal } from '../../../domain/accounts/sign-up-problems.ts'
import type { SignUpField, SignUpWish } from '../../../domain/accounts/sign-up-problems.ts'
import { serverFacts } from '../../../domain/server/server-facts.ts'
import { readTerms } from '../../../domain/server/texts.ts'
import { judgeForm, markForm } from '../../../domain/sign-in/form-time.ts'
import { MIN_PASSWORD } from '../../../domain/sign-in/password.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import type { Params } from '../http/params.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { checkField, inputField, problemLine, textField } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { guardPage, pageStatus, readForm } from '../oauth/sign-in-page.ts'
import { openVisit, requireOwnOrigin, visitOf } from '../oauth/visitor.ts'
import { preferredLanguage } from './preferred-language.ts'
import { chosenLanguage, say, sayHtml, sayRefusal } from '../words/say.ts'

interface Filled extends Partial<SignUpWish> {
  inviteCode?: string
  problem?: string
  problems?: Partial<Record<SignUpField, string>>
  status?: number
}

export async function sendSignUp(api: Api, c: HonoContext, filled: Filled): Promise<Response> {
  const way = await admission(api, filled.inviteCode)
  const { invite } = way
  return sendPage(c, {
    title: say('Create an account'),
    site: api.config.title,
    status: filled.status ?? 200,
    body: html`<h1>${say('Create an account')}</h1>
      ${invite === undefined ? html`<p class="soft">${say('It will live on {domain}; you can follow people everywhere in the Fediverse with it.', { domain: api.config.domain })}</p>` : html`<p>${say('@{name} invites you to {domain}.', { name: invite.inviter.username, domain: api.config.domain })}</p>`}
      ${way.needsApproval ? html`<p>${say('The people who run this server look at each request before they let somebody in.')}</p>` : ''}
      ${problemLine(filled.problem)}
      <form method="post" action="/auth/sign_up">
        <input type="hidden" name="shown" value="${await markForm(api)}" />
        ${invite === undefined ? '' : html`<input type="hidden" name="invite_code" value="${invite.invite.code}" />`}
        ${await fields(api, way, filled)}
        <div class="row">
          <button>${say(way.needsApproval ? 'Ask for an account' : 'Create the account')}</button>
        </div>
      </form>
      <ul class="links">
        <li><a href="/auth/sign_in">${say('You have an account? Sign in')}</a></li>
      </ul>`,
  })
}

async function fields(api: Api, way: Admission, filled: Filled): Promise<Html> {
  const wrong = filled.problems ?? {}
  return html`${inputField({
      name: 'username',
      label: say('Name'),
      value: filled.username,
      problem: wrong.username,
      autocomplete: 'username',
      verbatim: true,
      maxlength: 30,
      focus: true,
      hint: say('Letters without accents, digits and _. Others will find you as name@{domain}.', {
        domain: api.config.domain,
      }),
    })}
    ${inputField({
      name: 'email',
      label: say('E-mail address'),
      type: 'email',
      value: filled.email,
      problem: wrong.email,
      autocomplete: 'email',
      maxlength: 254,
      hint: say('We send a link there. Nobody else gets to see it.'),
    })}
    ${inputField({
      name: 'password',
      label: say('Password'),
      type: 'password',
      problem: wrong.password,
      autocomplete: 'new-password',
      minlength: MIN_PASSWORD,
      maxlength: 256,
      hint: say('At least {count} characters. Several words are easy to remember and hard to guess.', {
        count: MIN_PASSWORD,
      }),
    })}
    ${way.needsApproval ? textField({ name: 'reason', label: say('Why would you like to join?'), value: filled.reason, problem: wrong.reason, maxlength: 2000 }) : ''}
    <div class="beyond" aria-hidden="true">
      <label for="homepage">${say('Leave this empty')}</label>
      <input id="homepage" name="homepage" tabindex="-1" autocomplete="off" />
    </div>
    ${await rulesOf(api)}
    ${checkField({
      name: 'agreement',
      label: say('Agreement'),
      labelHtml: await agreement(api),
      problem: wrong.agreement,
      checked: filled.agreement === true,
    })}`
}

async function rulesOf(api: Api): Promise<Html | ''> {
  const { rules } = await serverFacts(api)
  if (rules.length === 0) return ''
  return html`<h2>${say('The rules here')}</h2>
    <ol>
      ${rules.map((rule) => html`<li>${rule.text}</li>`)}
    </ol>`
}

async function agreement(api: Api): Promise<Html> {
  const terms = await readTerms(api)
  const link =
    (path: string) =>
    (chunks: unknown): Html =>
      html`<a href="${path}">${chunks}</a>`
  const links = {
    rules: link('/rules'),
    privacy: link('/privacy-policy'),
    terms: link('/terms-of-service'),
  }
  const sentence = terms
    ? 'I agree to the <rules>rules</rules>, the <terms>terms of service</terms> and the <privacy>privacy policy</privacy>.'
    : 'I agree to the <rules>rules</rules> and the <privacy>privacy policy</privacy>.'
  return html`${sayHtml(sentence, links)}`
}

function wishOf(c: HonoContext, form: Params): SignUpWish {
  return {
    username: (form.text('username', 200) ?? '').trim(),
    email: (form.text('email', 400) ?? '').trim(),
    password: form.text('password', 2000) ?? '',
    agreement: form.flag('agreement') === true,
    locale: chosenLanguage(c) ?? preferredLanguage(c.req.header('accept-language')),
    reason: form.text('reason', 4000) ?? '',
  }
}

async function create(api: Api, c: HonoContext): Promise<Response> {
  requireOwnOrigin(api, c)
  const form = await readForm(c)
  const inviteCode = form.text('invite_code', 64)
  const wish = wishOf(c, form)
  const again: Filled = { ...wish, ...(inviteCode === undefined ? {} : { inviteCode }) }
  try {
    await requirePerson(api, form)
    await limitAttempts(api, c, 'sign-up')
    const account = await signUp(api, {
      ...wish,
      address: api.clientKey(c),
      ...(inviteCode === undefined ? {} : { inviteCode }),
    })
    await openVisit(api, c, account.accountId)
    return c.redirect('/auth/setup', 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'forbidden') throw error
    if (!(error instanceof SignUpRefusal))
      return sendSignUp(api, c, { ...again, problem: sayRefusal(error.safeText), status: pageStatus(error) })
    const problems = Object.fromEntries(
      error.problems.map(({ field, text }) => [field, sayRefusal(`${LABELS[field]} ${text}.`)]),
    )
    return sendSignUp(api, c, {
      ...again,
      problem: say('Something is missing or wrong below.'),
      problems,
      status: 422,
    })
  }
}

/** Programs fill in what people do not see, or are faster than people; both get the form again. */
async function requirePerson(api: Api, form: Params): Promise<void> {
  const judgement = await judgeForm(api, form.text('shown', 100) ?? '')
  if ((form.text('homepage', 10_000) ?? '') !== '' || judgement === 'too-fast')
    throw new Refusal('invalid', 'That was faster than people type. Take a breath and send it once more.')
  if (judgement === 'too-old')
    throw new Refusal('invalid', 'This page lay open for a long time. Send it once more.')
}

export function addSignUpRoutes(server: Hono, api: Api): void {
  server.get('/auth/sign_up', (c) =>
    guardPage(api, c, async () => {
      if (await visitOf(api, c)) return c.redirect('/auth/setup', 303)
      const inviteCode = c.req.query('invite_code')?.slice(0, 64)
      return sendSignUp(api, c, inviteCode === undefined ? {} : { inviteCode })
    }),
  )
  server.post('/auth/sign_up', (c) => guardPage(api, c, () => create(api, c)))
}

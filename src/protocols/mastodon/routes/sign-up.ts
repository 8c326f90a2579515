// Signing up from an app, and confirming the e-mail address that was given.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { signUp } from '../../../domain/accounts/sign-up.ts'
import { SignUpRefusal } from '../../../domain/accounts/sign-up-problems.ts'
import type { FieldProblem, ProblemKind } from '../../../domain/accounts/sign-up-problems.ts'
import { changeEmail, resendConfirmation } from '../../../domain/sign-in/confirm-email.ts'
import { findApp } from '../../../domain/sign-in/find-app.ts'
import { findSignedIn } from '../../../domain/sign-in/sign-in.ts'
import { issueToken } from '../../../domain/sign-in/tokens.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { InvalidFields } from '../http/answer.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { limitAttempts } from '../oauth/attempts.ts'

const CODES: Record<ProblemKind, string> = {
  blank: 'ERR_BLANK',
  invalid: 'ERR_INVALID',
  taken: 'ERR_TAKEN',
  reserved: 'ERR_RESERVED',
  'too-short': 'ERR_TOO_SHORT',
  'too-long': 'ERR_TOO_LONG',
  accepted: 'ERR_ACCEPTED',
  inclusion: 'ERR_INCLUSION',
  blocked: 'ERR_BLOCKED',
}

function detailsOf(problems: readonly FieldProblem[]): InvalidFields {
  const details: InvalidFields['details'] = {}
  for (const { field, kind, text } of problems)
    (details[field] ??= []).push({ error: CODES[kind], description: text })
  return new InvalidFields(details)
}

/** The new account's token, which works everywhere once the address is confirmed. */
async function register(request: ApiRequest): Promise<entity.Token> {
  const { api, params, caller, raw } = request
  const app = caller?.appId == null ? undefined : await findApp(api, caller.appId)
  if (!app || caller?.accountId !== null)
    throw new Refusal('forbidden', 'This method requires a token of an app, obtained with client credentials')
  const inviteCode = params.text('invite_code', 64)
  try {
    const { accountId } = await signUp(api, {
      username: params.text('username', 1000) ?? '',
      email: params.text('email', 1000) ?? '',
      password: params.text('password', 10_000) ?? '',
      agreement: params.flag('agreement') === true,
      locale: params.text('locale', 100) ?? '',
      reason: params.text('reason', 10_000) ?? '',
      address: api.clientKey(raw),
      appId: app.id,
      ...(inviteCode === undefined || inviteCode === '' ? {} : { inviteCode }),
    })
    const { secret, token } = await issueToken(api, {
      appId: app.id,
      accountId,
      scopes: app.scopes.split(' '),
    })
    return {
      access_token: secret,
      token_type: 'Bearer',
      scope: token.scopes,
      created_at: Math.floor(token.created_at / 1000),
    }
  } catch (error) {
    throw error instanceof SignUpRefusal ? detailsOf(error.problems) : error
  }
}

/** Only the app that somebody signed up with may ask, and only while an address waits to be confirmed. */
async function resend(request: ApiRequest): Promise<object> {
  const { api, params, caller, raw } = request
  const accountId = userOf(request)
  const user = (await findSignedIn(api, accountId))?.user
  if (!user || user.app_id === null || user.app_id !== caller?.appId)
    throw new Refusal('forbidden', 'This method is only available to the application the user signed up with')
  if (user.confirmed_at !== null && user.unconfirmed_email === null)
    throw new Refusal(
      'forbidden',
      'This method is only available while an e-mail address awaits confirmation',
    )
  await limitAttempts(api, raw, 'confirmation', accountId)
  const email = params.text('email', 400)
  if (email !== undefined && user.confirmed_at === null) await changeEmail(api, accountId, email)
  else await resendConfirmation(api, accountId)
  return {}
}

export function addSignUpApiRoutes(server: Hono, api: Api): void {
  const write = ['write', 'write:accounts']
  endpoint(server, api, 'POST /api/v1/accounts', { auth: 'app', scopes: write, family: 'sign-up' }, register)
  endpoint(
    server,
    api,
    'POST /api/v1/emails/confirmations',
    { auth: 'user', scopes: write, allowUnconfirmed: true },
    resend,
  )
  endpoint(
    server,
    api,
    'GET /api/v1/emails/check_confirmation',
    { auth: 'user', scopes: ['read', 'read:accounts'], allowUnconfirmed: true },
    async (request) => {
      const user = (await findSignedIn(api, userOf(request)))?.user
      return user !== undefined && user.confirmed_at !== null
    },
  )
}

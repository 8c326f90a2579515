// The browser session behind a page request: its cookie, and the guard against forms sent from elsewhere.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { chooseLanguage } from '../../../domain/accounts/choose-language.ts'
import { resumeSession, resumeShutOut, startSession } from '../../../domain/sign-in/sign-in.ts'
import type { SignedIn } from '../../../domain/sign-in/sign-in.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Session } from '../../../model/session.ts'
import { dropCookie, keepCookie, readCookie } from '../../own-cookies.ts'
import type { Api } from '../api.ts'
import { chosenLanguage } from '../words/say.ts'

const COOKIE = 'folkmoot_session'
const MAX_AGE_SECONDS = 30 * 86_400

export type Visit = SignedIn & { session: Session; secret: string }

/** The signed-in person of this browser, if any; mails to them speak the language that they chose here last. */
export async function visitOf(api: Api, c: HonoContext): Promise<Visit | undefined> {
  const secret = readCookie(c, COOKIE)
  if (secret === undefined || secret.length > 200) return undefined
  const found = await resumeSession(api, secret)
  const chosen = chosenLanguage(c)
  if (found && chosen !== undefined && found.user.locale !== chosen)
    await chooseLanguage(api, found.account.id, chosen)
  return found && { ...found, secret }
}

/** Somebody suspended or frozen who signed in nevertheless: only the page that says so may ask for this. */
export async function shutOutVisitOf(api: Api, c: HonoContext): Promise<Visit | undefined> {
  const secret = readCookie(c, COOKIE)
  if (secret === undefined || secret.length > 200) return undefined
  const found = await resumeShutOut(api, secret)
  return found && { ...found, secret }
}

/** Where suspended and frozen people are told what happened. */
export const SHUT_OUT_PATH = '/auth/shut-out'

export async function openVisit(api: Api, c: HonoContext, accountId: number): Promise<void> {
  const secret = await startSession(api, accountId, {
    address: api.clientKey(c),
    userAgent: c.req.header('user-agent') ?? '',
  })
  const kept = { name: COOKIE, value: secret, maxAge: MAX_AGE_SECONDS, sameSite: 'Lax' } as const
  keepCookie(api.config.origin, c, kept)
}

export function closeVisit(c: HonoContext): void {
  dropCookie(c, COOKIE)
}

/** A value for a hidden field that only pages of this session know. */
export function formSeal(secret: string): string {
  return createHash('sha256').update(`form:${secret}`).digest('base64url')
}

/** Refuses a form that did not come from our own page of this session. */
export function requireSeal(secret: string, given: string | undefined): void {
  const expected = Buffer.from(formSeal(secret))
  const actual = Buffer.from(given ?? '')
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual))
    throw new Refusal('forbidden', 'This form is out of date. Go back, reload the page and try again.')
}

/** Refuses a form that a browser says was sent from another site. */
export function requireOwnOrigin(api: Api, c: HonoContext): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const foreign = origin !== undefined && origin !== 'null' && origin !== api.config.origin
  if (foreign || site === 'cross-site')
    throw new Refusal(
      'forbidden',
      `This form must be sent from ${api.config.origin}. Check the address that you opened.`,
    )
}

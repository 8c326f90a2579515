// The cookies of the web client: which accounts this browser is signed in with, and which of them it is now.
import type { Context as HonoContext } from 'hono'
import { cookieNames, dropCookie, keepCookie, readCookie } from '../own-cookies.ts'
import type { PagesParts } from './parts.ts'

/** The token and the session of the account that a newly opened page is for. */
const TOKEN_COOKIE = 'folkmoot_client'
const SESSION_COOKIE = 'folkmoot_session'
const MAX_AGE_SECONDS = 30 * 86_400
/** Cookies travel with every request: a browser has room for so many people. */
export const MOST_ACCOUNTS = 5

const NAMED = /^folkmoot_client_(\d{1,16})$/

function usable(value: string | undefined): string | undefined {
  return value === undefined || value.length > 200 || !/^[\w-]+$/.test(value) ? undefined : value
}

/** The token of the current account, if this browser is signed in. */
export function tokenOf(c: HonoContext): string | undefined {
  return usable(readCookie(c, TOKEN_COOKIE))
}

export function sessionOf(c: HonoContext): string | undefined {
  return usable(readCookie(c, SESSION_COOKIE))
}

export function tokenFor(c: HonoContext, id: string): string | undefined {
  return usable(readCookie(c, `${TOKEN_COOKIE}_${id}`))
}

export function sessionFor(c: HonoContext, id: string): string | undefined {
  return usable(readCookie(c, `${SESSION_COOKIE}_${id}`))
}

/** The ids of the accounts of this browser. */
export function accountsOf(c: HonoContext): string[] {
  return cookieNames(c).flatMap((name) => {
    const id = NAMED.exec(name)?.[1]
    return id !== undefined && tokenFor(c, id) !== undefined ? [id] : []
  })
}

/** The account whose token is the current one, if this browser remembers it by name. */
export function currentAccount(c: HonoContext): string | undefined {
  const token = tokenOf(c)
  return token === undefined ? undefined : accountsOf(c).find((id) => tokenFor(c, id) === token)
}

function keep(parts: PagesParts, c: HonoContext, name: string, value: string): void {
  keepCookie(parts.config.origin, c, { name, value, maxAge: MAX_AGE_SECONDS, sameSite: 'Lax' })
}

/** Remembers an account under its name, beside those that are there. */
export function rememberAccount(
  parts: PagesParts,
  c: HonoContext,
  account: { id: string; token: string; session: string | undefined },
): void {
  keep(parts, c, `${TOKEN_COOKIE}_${account.id}`, account.token)
  if (account.session !== undefined) keep(parts, c, `${SESSION_COOKIE}_${account.id}`, account.session)
}

/** Pages that are opened from now on are for this account. */
export function makeCurrent(
  parts: PagesParts,
  c: HonoContext,
  account: { token: string; session: string | undefined },
): void {
  keep(parts, c, TOKEN_COOKIE, account.token)
  if (account.session !== undefined) keep(parts, c, SESSION_COOKIE, account.session)
  else dropCookie(c, SESSION_COOKIE)
}

export function forgetAccount(c: HonoContext, id: string): void {
  dropCookie(c, `${TOKEN_COOKIE}_${id}`)
  dropCookie(c, `${SESSION_COOKIE}_${id}`)
}

export function forgetCurrent(c: HonoContext): void {
  dropCookie(c, TOKEN_COOKIE)
  dropCookie(c, SESSION_COOKIE)
}

/** Drops a token that the API does not accept any more, and nothing else. */
export function forgetToken(c: HonoContext): void {
  const id = currentAccount(c)
  if (id !== undefined) dropCookie(c, `${TOKEN_COOKIE}_${id}`)
  dropCookie(c, TOKEN_COOKIE)
}

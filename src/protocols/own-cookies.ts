// The cookies by which a browser is known, bound to this very host where people come over https.
import type { Context as HonoContext } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

export interface Kept {
  name: string
  value: string
  maxAge: number
  sameSite: 'Lax' | 'Strict'
}

/** With this prefix a browser takes a cookie from no other host of the same domain. */
const PREFIX = '__Host-'

/** The value under the bound name, or else the plain one, under which browsers signed in before names were bound. */
export function readCookie(c: HonoContext, name: string): string | undefined {
  return getCookie(c, PREFIX + name) ?? getCookie(c, name)
}

/** The names of all cookies of this browser, without the prefix. */
export function cookieNames(c: HonoContext): string[] {
  const bare = (name: string): string => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name)
  return [...new Set(Object.keys(getCookie(c)).map(bare))]
}

export function keepCookie(origin: string, c: HonoContext, { name, value, maxAge, sameSite }: Kept): void {
  const secure = origin.startsWith('https:')
  const options = { httpOnly: true, sameSite, secure, path: '/', maxAge }
  setCookie(c, secure ? PREFIX + name : name, value, options)
  if (secure && getCookie(c, name) !== undefined) deleteCookie(c, name, { path: '/' })
}

export function dropCookie(c: HonoContext, name: string): void {
  if (getCookie(c, PREFIX + name) !== undefined) deleteCookie(c, PREFIX + name, { path: '/', secure: true })
  deleteCookie(c, name, { path: '/' })
}

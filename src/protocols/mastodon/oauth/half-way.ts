// The cookie of somebody whose password was right and whose second factor is still to come.
import type { Context as HonoContext } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { giveTicket, readTicket } from '../../../domain/sign-in/half-signed-in.ts'
import type { User } from '../../../model/user.ts'
import type { Api } from '../api.ts'

const COOKIE = 'folkmoot_half_way'
const PATH = '/auth/sign_in'
export const SECOND_STEP_PATH = '/auth/sign_in/code'

/** Remembers for five minutes that the password was right, and asks for the code. */
export async function askSecondFactor(
  api: Api,
  c: HonoContext,
  { user, returnTo }: { user: User; returnTo: string },
): Promise<Response> {
  setCookie(c, COOKIE, await giveTicket(api, user), {
    httpOnly: true,
    sameSite: 'Strict',
    secure: api.config.origin.startsWith('https:'),
    path: PATH,
    maxAge: 300,
  })
  return c.redirect(`${SECOND_STEP_PATH}?return_to=${encodeURIComponent(returnTo)}`, 303)
}

/** Whose password was right in this browser a moment ago. */
export async function halfWayUser(api: Api, c: HonoContext): Promise<User | undefined> {
  const ticket = getCookie(c, COOKIE)
  return ticket === undefined ? undefined : readTicket(api, ticket)
}

export function forgetHalfWay(c: HonoContext): void {
  deleteCookie(c, COOKIE, { path: PATH })
}

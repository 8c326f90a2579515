// The cookie of somebody whose password was right and whose second factor is still to come.
import type { Context as HonoContext } from 'hono'
import { giveTicket, readTicket } from '../../../domain/sign-in/half-signed-in.ts'
import type { User } from '../../../model/user.ts'
import { dropCookie, keepCookie, readCookie } from '../../own-cookies.ts'
import type { Api } from '../api.ts'

const COOKIE = 'folkmoot_half_way'
export const SECOND_STEP_PATH = '/auth/sign_in/code'

/** Remembers for five minutes that the password was right, and asks for the code. */
export async function askSecondFactor(
  api: Api,
  c: HonoContext,
  { user, returnTo }: { user: User; returnTo: string },
): Promise<Response> {
  const value = await giveTicket(api, user)
  keepCookie(api.config.origin, c, { name: COOKIE, value, maxAge: 300, sameSite: 'Strict' })
  return c.redirect(`${SECOND_STEP_PATH}?return_to=${encodeURIComponent(returnTo)}`, 303)
}

/** Whose password was right in this browser a moment ago. */
export async function halfWayUser(api: Api, c: HonoContext): Promise<User | undefined> {
  const ticket = readCookie(c, COOKIE)
  return ticket === undefined ? undefined : readTicket(api, ticket)
}

export function forgetHalfWay(c: HonoContext): void {
  dropCookie(c, COOKIE)
}

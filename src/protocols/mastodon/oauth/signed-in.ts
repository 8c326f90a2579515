// Pages and forms that only the signed-in person of this browser may open and send.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { isWaiting } from '../../../domain/sign-in/sign-in.ts'
import type { Api } from '../api.ts'
import type { Params } from '../http/params.ts'
import type { Html } from './layout.ts'
import { MOST_RETURN } from './safe-return.ts'
import { guardPage, readForm } from './sign-in-page.ts'
import { formSeal, requireOwnOrigin, requireSeal, visitOf } from './visitor.ts'
import type { Visit } from './visitor.ts'

export interface Opened {
  api: Api
  c: HonoContext
  visit: Visit
}

/** People who wait for confirmation or approval are shown where they stand, unless `waiting` lets them in. */
interface Access {
  waiting?: boolean
}

/** Adds a page; strangers are led to sign in first and come back afterwards. */
export function ownPage(
  server: Hono,
  api: Api,
  path: string,
  show: (opened: Opened) => Promise<Response>,
  access: Access = {},
): void {
  server.get(path, (c) =>
    guardPage(api, c, async () => {
      const visit = await visitOf(api, c)
      if (!visit) {
        const url = new URL(c.req.url)
        const here = url.pathname + url.search
        const back = here.length > MOST_RETURN ? url.pathname : here
        return c.redirect(`/auth/sign_in?return_to=${encodeURIComponent(back)}`, 303)
      }
      if (isWaiting(visit) && access.waiting !== true) return c.redirect('/auth/setup', 303)
      return show({ api, c, visit })
    }),
  )
}

/** Adds a form's target; what was not sent from our own page of this session is refused. */
export function ownForm(
  server: Hono,
  api: Api,
  path: string,
  take: (opened: Opened, form: Params) => Promise<Response>,
  access: Access = {},
): void {
  server.post(path, (c) =>
    guardPage(api, c, async () => {
      requireOwnOrigin(api, c)
      const visit = await visitOf(api, c)
      if (!visit) return c.redirect('/auth/sign_in', 303)
      if (isWaiting(visit) && access.waiting !== true) return c.redirect('/auth/setup', 303)
      const form = await readForm(c)
      requireSeal(visit.secret, form.text('seal', 200))
      return take({ api, c, visit }, form)
    }),
  )
}

/** The hidden field that every form of a signed-in person needs. */
export function sealField({ visit }: Opened): Html {
  return html`<input type="hidden" name="seal" value="${formSeal(visit.secret)}" />`
}

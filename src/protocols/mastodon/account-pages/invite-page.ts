// Where an invitation leads to, for people and for apps; and the page on which people make invitations.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import type * as entity from '../../../contract/entities.ts'
import {
  canInvite,
  createInvite,
  expireInvite,
  findInvite,
  listInvites,
  works,
} from '../../../domain/accounts/invites.ts'
import type { Invite } from '../../../domain/accounts/invites.ts'
import { parseId } from '../../../lib/id.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { guardPage, pageStatus } from '../oauth/sign-in-page.ts'
import { ownForm, ownPage, sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { moment } from './moment.ts'
import { sendSignUp } from './sign-up-page.ts'
import { say, sayHtml, sayRefusal } from '../words/say.ts'

async function openInvite(api: Api, c: HonoContext): Promise<Response> {
  const { usable, invite } = await findInvite(api, c.req.param('code') ?? '')
  if (!usable) throw new Refusal('gone', 'This invitation does not work any more. Ask for a new one.')
  return sendSignUp(api, c, { inviteCode: invite.code })
}

/** For apps: 404 for unknown invitations, 401 for those that do not work any more. */
async function tellInvite(api: Api, c: HonoContext): Promise<Response> {
  const found = await findInvite(api, c.req.param('code') ?? '').catch((error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
  const headers = { 'cache-control': 'no-store', 'access-control-allow-origin': '*', vary: 'Accept' }
  if (!found) return Response.json({ error: 'Record not found' }, { status: 404, headers })
  if (!found.usable)
    return Response.json({ error: 'This invitation does not work any more' }, { status: 401, headers })
  const answer: entity.Invite = {
    invite_code: found.invite.code,
    instance_api_url: `${api.config.origin}/api/v2/instance`,
  }
  return Response.json(answer, { headers })
}

const PATH = '/settings/security/invites'

async function sendInvites(
  opened: Opened,
  note: { problem?: string; status?: number } = {},
): Promise<Response> {
  const { api, c, visit } = opened
  const invites = await listInvites(api, visit.account.id)
  const may = await canInvite(api, visit.account.id)
  return sendPage(c, {
    title: say('Invitations'),
    site: api.config.title,
    wide: true,
    status: note.status ?? 200,
    body: html`<h1>${say('Invitations')}</h1>
      ${may ? inviteForm(opened, note.problem) : html`<p>${say('On this server only moderators invite people at the moment.')}</p>`}
      ${
        invites.length === 0
          ? ''
          : html`<h2>${say('Yours')}</h2>
              <ul class="things">
                ${invites.map((invite) => shown(opened, invite))}
              </ul>`
      }
      <ul class="links">
        <li><a href="/settings/security">${say('Sign-in and security')}</a></li>
      </ul>`,
  })
}

function inviteForm(opened: Opened, problem: string | undefined): Html {
  return html`<p>
      ${say('Whoever opens the link can sign up on {domain}.', { domain: opened.api.config.domain })}
    </p>
    ${problemLine(problem)}
    <form method="post" action="${PATH}">
      ${sealField(opened)}
      <label for="uses">${say('How many people?')}</label>
      <select id="uses" name="uses">
        <option value="1">${say('One')}</option>
        <option value="10">${say('Up to ten')}</option>
        <option value="100">${say('Up to a hundred')}</option>
        <option value="">${say('As many as like')}</option>
      </select>
      <label for="days">${say('For how long?')}</label>
      <select id="days" name="days">
        <option value="1">${say('A day')}</option>
        <option value="7" selected>${say('A week')}</option>
        <option value="30">${say('30 days')}</option>
        <option value="">${say('Until I end it')}</option>
      </select>
      <div class="field check">
        <input id="follow" name="follow" type="checkbox" value="1" checked />
        <label for="follow">${say('They follow me from the start')}</label>
      </div>
      <div class="row"><button>${say('Make an invitation')}</button></div>
    </form>`
}

function shown(opened: Opened, invite: Invite): Html {
  const { api } = opened
  const { uses } = invite
  const came =
    invite.max_uses === null
      ? say('{uses} came', { uses })
      : say('{uses} of {most} came', { uses, most: invite.max_uses })
  const open = works(api, invite)
  return html`<li>
    <div>
      <p>
        ${open ? html`<a href="/invite/${invite.code}">${api.config.origin}/invite/${invite.code}</a>` : invite.code}
      </p>
      <p class="soft">
        ${came}${invite.expires_at === null ? '' : html`, ${sayHtml('until {moment}', { moment: moment(invite.expires_at) })}`}${open ? '' : `, ${say('over')}`}
      </p>
    </div>
    ${
      open
        ? html`<form method="post" action="${PATH}/end">
            ${sealField(opened)}
            <button
              class="danger"
              name="id"
              value="${invite.id}"
              aria-label="${say('End it')}: ${invite.code}"
            >
              ${say('End it')}
            </button>
          </form>`
        : ''
    }
  </li>`
}

export function addInviteRoutes(server: Hono, api: Api): void {
  server.get('/invite/:code', (c) => {
    const wantsJson = (c.req.header('accept') ?? '').includes('application/json')
    return guardPage(api, c, () => (wantsJson ? tellInvite(api, c) : openInvite(api, c)))
  })
  ownPage(server, api, PATH, (opened) => sendInvites(opened))
  ownForm(server, api, PATH, async (opened, form) => {
    try {
      await createInvite(api, opened.visit.account.id, {
        maxUses: form.integer('uses') ?? null,
        days: form.integer('days') ?? null,
        autoFollow: form.flag('follow') === true,
      })
      return opened.c.redirect(PATH, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return sendInvites(opened, { problem: sayRefusal(error.safeText), status: pageStatus(error) })
    }
  })
  ownForm(server, api, `${PATH}/end`, async ({ c, visit }, form) => {
    await expireInvite(api, visit.account.id, parseId(form.text('id', 20)) ?? 0)
    return c.redirect(PATH, 303)
  })
}

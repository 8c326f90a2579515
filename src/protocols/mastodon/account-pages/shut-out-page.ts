// The one page that suspended and frozen people get: what happened, why, how to appeal, and their lists to take along.
import type { Context as HonoContext, Hono } from 'hono'
import { html } from 'hono/html'
import { appealStrike } from '../../../domain/moderation/appeal-strike.ts'
import { explainShutOut } from '../../../domain/moderation/explain-shut-out.ts'
import type { ShutOut } from '../../../domain/moderation/explain-shut-out.ts'
import { EXPORT_KINDS, exportList } from '../../../domain/portability/csv/export-lists.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { limitAttempts } from '../oauth/attempts.ts'
import { textField, problemLine } from '../oauth/form-field.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { guardPage, pageStatus, readForm } from '../oauth/sign-in-page.ts'
import { sealField } from '../oauth/signed-in.ts'
import type { Opened } from '../oauth/signed-in.ts'
import { requireOwnOrigin, requireSeal, SHUT_OUT_PATH, shutOutVisitOf } from '../oauth/visitor.ts'
import { say, sayHtml, sayRefusal } from '../words/say.ts'
import { moment } from './moment.ts'

const MOST_TEXT = 2000
const KINDS = {
  follows: 'People you follow',
  mutes: 'People you muted',
  blocks: 'People you blocked',
  domain_blocks: 'Servers you blocked',
  lists: 'Your lists',
  bookmarks: 'Your bookmarks',
} as const

interface Note {
  problem?: string
  text?: string
  status?: number
}

function whatHappened(opened: Opened, { kind, strike, removedAt }: ShutOut): Html {
  const isFrozen = kind === 'disable'
  return html`<h1>${say(isFrozen ? 'Your account is frozen' : 'Your account is suspended')}</h1>
    <p>
      ${say(isFrozen ? 'The moderators of {domain} have frozen it: you cannot use it, but what you wrote is still there.' : 'The moderators of {domain} have suspended it: you cannot use it, and nobody sees what you wrote.', { domain: opened.api.config.domain })}
    </p>
    ${
      removedAt === undefined
        ? ''
        : html`<p>${sayHtml('It is deleted for good on {day}.', { day: moment(removedAt) })}</p>`
    }
    ${
      strike === undefined || strike.row.text === ''
        ? ''
        : html`<h2>${say('Why')}</h2>
            <p dir="auto">${strike.row.text}</p>`
    }`
}

function appealPart(opened: Opened, { strike, canAppeal }: ShutOut, note: Note): Html {
  if (strike?.appeal)
    return html`<h2>${say('Your appeal')}</h2>
      <p dir="auto">${strike.appeal.text}</p>
      <p class="soft">
        ${say(strike.appeal.state === 'rejected' ? 'The moderators looked at it again and did not change their mind.' : 'The moderators will look at it.')}
      </p>`
  if (!canAppeal)
    return html`<p>
      ${say('If you think that this is a mistake, write to the people who run this server.')}
      <a href="/about">${say('Who they are')}</a>
    </p>`
  return html`<h2>${say('Is this a mistake?')}</h2>
    ${problemLine(note.problem)}
    <form method="post" action="${SHUT_OUT_PATH}">
      ${sealField(opened)}
      ${textField({ name: 'text', label: say('Tell the moderators why'), value: note.text, maxlength: MOST_TEXT, hint: say('You can ask them once, within 20 days.') })}
      <div class="row"><button>${say('Ask them to look again')}</button></div>
    </form>`
}

function dataPart(): Html {
  return html`<h2>${say('Take your data along')}</h2>
    <p class="soft">${say('These files can be read in on another server.')}</p>
    <ul>
      ${EXPORT_KINDS.map((kind) => html`<li><a href="${SHUT_OUT_PATH}/${kind}.csv" download>${say(KINDS[kind])}</a></li>`)}
    </ul>`
}

async function sendShutOut(opened: Opened, note: Note = {}): Promise<Response> {
  const { api, c, visit } = opened
  const about = await explainShutOut(api, visit)
  return sendPage(c, {
    title: say(about.kind === 'disable' ? 'Your account is frozen' : 'Your account is suspended'),
    site: api.config.title,
    status: note.status ?? 200,
    body: html`${whatHappened(opened, about)} ${appealPart(opened, about, note)} ${dataPart()}
      <form method="post" action="/auth/sign_out">
        ${sealField(opened)}
        <div class="row"><button class="quiet">${say('Sign out')}</button></div>
      </form>`,
  })
}

async function appeal(opened: Opened): Promise<Response> {
  const { api, c, visit } = opened
  const form = await readForm(c)
  requireSeal(visit.secret, form.text('seal', 200))
  const text = form.text('text', 10_000) ?? ''
  try {
    await limitAttempts(api, c, 'appeal', visit.account.id)
    const { strike } = await explainShutOut(api, visit)
    if (!strike) throw notFound()
    await appealStrike(api, visit.account.id, strike.row.id, text)
    return c.redirect(SHUT_OUT_PATH, 303)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return sendShutOut(opened, { problem: sayRefusal(error.safeText), text, status: pageStatus(error) })
  }
}

async function download({ api, visit, c }: Opened): Promise<Response> {
  const kind = EXPORT_KINDS.find((one) => `${one}.csv` === c.req.param('file'))
  if (!kind) throw notFound()
  return new Response(await exportList(api, visit.account.id, kind), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${kind}.csv"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Everybody else is led to where they belong. */
function shutOutOnly(api: Api, work: (opened: Opened) => Promise<Response>) {
  return (c: HonoContext): Promise<Response> =>
    guardPage(api, c, async () => {
      const visit = await shutOutVisitOf(api, c)
      return visit ? work({ api, c, visit }) : c.redirect('/auth/sign_in', 303)
    })
}

export function addShutOutRoutes(server: Hono, api: Api): void {
  server.get(
    SHUT_OUT_PATH,
    shutOutOnly(api, (opened) => sendShutOut(opened)),
  )
  server.post(
    SHUT_OUT_PATH,
    shutOutOnly(api, (opened) => {
      requireOwnOrigin(api, opened.c)
      return appeal(opened)
    }),
  )
  server.get(`${SHUT_OUT_PATH}/:file`, shutOutOnly(api, download))
}

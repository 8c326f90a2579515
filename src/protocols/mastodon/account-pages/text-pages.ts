// The rules, the terms of service and the privacy policy, each on a page that people can link to.
import type { Context as HonoContext, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { serverFacts } from '../../../domain/server/server-facts.ts'
import { isInForce, readAllTerms, readTerms, readText } from '../../../domain/server/texts.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { sendPage } from '../oauth/layout.ts'
import type { Html } from '../oauth/layout.ts'
import { guardPage } from '../oauth/sign-in-page.ts'
import { pageLanguage, say, sayHtml } from '../words/say.ts'

function sendText(api: Api, c: HonoContext, title: string, body: Html): Promise<Response> {
  return sendPage(c, {
    title,
    site: api.config.title,
    wide: true,
    body: html`<h1>${title}</h1>
      ${body}`,
  })
}

function dayIn(text: string): Html {
  const words = new Date(text).toLocaleDateString(pageLanguage() === 'en' ? 'en-GB' : pageLanguage(), {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  return html`<time datetime="${text}">${words}</time>`
}

async function showRules(api: Api, c: HonoContext): Promise<Response> {
  const { rules } = await serverFacts(api)
  const list = html`<ol>
    ${rules.map((rule) => html`<li>${rule.text}${rule.hint === '' ? '' : html`<p class="soft">${rule.hint}</p>`}</li>`)}
  </ol>`
  return sendText(
    api,
    c,
    say('The rules of {site}', { site: api.config.title }),
    rules.length === 0
      ? html`<p>${say('The people who run this server have written no rules yet.')}</p>`
      : list,
  )
}

async function showPrivacy(api: Api, c: HonoContext): Promise<Response> {
  const text = await readText(api, 'privacy')
  const none = html`<p>
    ${say('The people who run this server have not written a privacy policy yet. Ask them what they keep:')}
    ${api.config.contactEmail === '' ? say('they are named on the page about this server.') : html`<a href="mailto:${api.config.contactEmail}">${api.config.contactEmail}</a>.`}
  </p>`
  const body = text
    ? html`<p class="soft">
          ${sayHtml('Last changed on {day}.', { day: dayIn(new Date(text.updatedAt).toISOString().slice(0, 10)) })}
        </p>
        <div class="text">${raw(text.html)}</div>`
    : none
  return sendText(api, c, say('Privacy policy'), body)
}

async function showTerms(api: Api, c: HonoContext, day?: string): Promise<Response> {
  const found = await readTerms(api, day)
  if (!found) throw new Refusal('not-found', 'There are no such terms of service.')
  const { terms, next } = found
  const others = (await readAllTerms(api)).filter((one) => one.from !== terms.from)
  const body = html`<p class="soft">
      ${sayHtml(isInForce(api, terms) ? 'In force since {day}.' : 'In force from {day}.', { day: dayIn(terms.from) })}
      ${next ? html`<a href="/terms-of-service/${next.from}">${sayHtml('Replaced by those from {day}.', { day: dayIn(next.from) })}</a>` : ''}
    </p>
    <div class="text">${raw(terms.html)}</div>
    ${
      others.length === 0
        ? ''
        : html`<h2>${say('Other versions')}</h2>
            <ul>
              ${others.map((one) => html`<li><a href="/terms-of-service/${one.from}">${sayHtml('From {day}', { day: dayIn(one.from) })}</a></li>`)}
            </ul>`
    }`
  return sendText(api, c, say('Terms of service'), body)
}

export function addTextPages(server: Hono, api: Api): void {
  server.get('/rules', (c) => guardPage(api, c, () => showRules(api, c)))
  server.get('/privacy-policy', (c) => guardPage(api, c, () => showPrivacy(api, c)))
  server.get('/terms-of-service', (c) => guardPage(api, c, () => showTerms(api, c)))
  server.get('/terms-of-service/:date', (c) =>
    guardPage(api, c, () => showTerms(api, c, c.req.param('date'))),
  )
}

// The frame of the sign-in pages: plain HTML that works without scripts, and the style that it links to.
import { createHash } from 'node:crypto'
import { html } from 'hono/html'
import type { Context as HonoContext } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export const FORM_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f2a;--soft:#5a6275;--paper:#f6f4ef;--card:#fff;--line:#d8d5cc;--accent:#2f5d50;--accent-ink:#fff;--bad:#a3262a}
@media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#a9afbd;--paper:#14171c;--card:#1d2129;--line:#343a46;--accent:#7fc4ae;--accent-ink:#0d1f19;--bad:#ff9a9d}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif;min-height:100vh;display:grid;place-items:center;padding:1rem}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.25rem,5vw,2.25rem)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p{margin:.6rem 0}.soft{color:var(--soft);font-size:.9375rem}
label{display:block;font-weight:600;margin:1rem 0 .3rem}
input:not([type=hidden]):not([type=checkbox]),textarea{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:.65rem .8rem}
button,.button{display:inline-block;font:inherit;font-weight:600;border:1px solid var(--accent);border-radius:.6rem;padding:.65rem 1.2rem;background:var(--accent);color:var(--accent-ink);cursor:pointer;text-decoration:none}
button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.row{display:flex;gap:.75rem;flex-wrap:wrap;margin-top:1.4rem}
.error{border-inline-start:4px solid var(--bad);padding:.5rem .9rem;color:var(--bad);font-weight:600}
ul{padding-inline-start:1.2rem;margin:.5rem 0}a{color:var(--accent)}
code.secret{display:block;font-size:1.05rem;overflow-wrap:anywhere;background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:.8rem;user-select:all}
`

const STYLE_VERSION = createHash('sha256').update(FORM_STYLE).digest('hex').slice(0, 10)
export const FORM_STYLE_PATH = '/assets/forms.css'

const SECURITY_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
}

/** A whole page; `formTargets` are origins, besides our own, that its forms may lead to. */
export async function sendPage(
  c: HonoContext,
  page: { title: string; site: string; body: Html; status?: number; formTargets?: string },
): Promise<Response> {
  const content = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · ${page.site}</title>
        <link rel="stylesheet" href="${FORM_STYLE_PATH}?v=${STYLE_VERSION}" />
      </head>
      <body>
        <main>${page.body}</main>
      </body>
    </html>`
  const form = `form-action 'self'${page.formTargets === undefined ? '' : ` ${page.formTargets}`}`
  return c.body(content.toString(), (page.status ?? 200) as 200, {
    ...SECURITY_HEADERS,
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; ${form}`,
  })
}

/** A page that says what went wrong and what can be done. */
export function sendProblem(
  c: HonoContext,
  site: string,
  problem: { status: number; title: string; text: string },
): Promise<Response> {
  return sendPage(c, {
    title: problem.title,
    site,
    status: problem.status,
    body: html`<h1>${problem.title}</h1>
      <p>${problem.text}</p>
      <p><a href="/">Go to the start page</a></p>`,
  })
}

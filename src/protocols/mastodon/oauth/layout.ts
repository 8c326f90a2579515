// The frame of the sign-in pages: plain HTML that works without scripts, and the style that it links to.
import { createHash } from 'node:crypto'
import { html } from 'hono/html'
import type { Context as HonoContext } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import { pageLanguage, say } from '../words/say.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export const FORM_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f2a;--soft:#5a6275;--paper:#f6f4ef;--card:#fff;--line:#e2ddd2;--edge:#8d8a80;--accent:#2f5d50;--accent-ink:#fff;--bad:#a3262a}
@media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#a9afbd;--paper:#14171c;--card:#1d2129;--line:#343a46;--edge:#737b8a;--accent:#7fc4ae;--accent-ink:#0d1f19;--bad:#ff9a9d}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif;min-height:100vh;display:grid;place-items:center;padding:1rem}
main{width:100%;max-width:28rem;background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.25rem,5vw,2.25rem);box-shadow:0 1px 2px rgb(40 34 20/5%),0 6px 24px rgb(40 34 20/7%)}
main.wide{max-width:44rem}
.brand{display:inline-flex;align-items:center;gap:.6rem;margin-bottom:1.25rem;font-weight:600;color:var(--soft);text-decoration:none}
.brand img{border-radius:.45rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.125rem;line-height:1.3;margin:2rem 0 .4rem}
p{margin:.6rem 0}.soft{color:var(--soft);font-size:.9375rem;font-weight:400}
label{display:block;font-weight:600;margin:1rem 0 .3rem}
.field .soft,.field .wrong{margin:.35rem 0 0}
input:not([type=hidden],[type=checkbox]),textarea,select{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:.6rem;padding:.65rem .8rem}
textarea{resize:vertical}
[aria-invalid=true]{border-color:var(--bad)!important}
.check{display:flex;gap:.7rem;align-items:start;flex-wrap:wrap;margin-top:1.1rem}
.check input{flex:none;width:1.3rem;height:1.3rem;margin:.15rem 0 0;accent-color:var(--accent)}
.check label{flex:1;margin:0;font-weight:400;min-width:12rem}
.check .wrong{flex-basis:100%}
button,.button{display:inline-block;font:inherit;font-weight:600;min-height:2.75rem;border:1px solid var(--accent);border-radius:.6rem;padding:.6rem 1.2rem;background:var(--accent);color:var(--accent-ink);cursor:pointer;text-decoration:none}
button:hover,.button:hover{filter:brightness(1.08)}
button.quiet,.button.quiet{background:transparent;color:var(--ink);border-color:var(--edge)}
button.danger{background:transparent;color:var(--bad);border-color:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.row{display:flex;gap:.75rem;flex-wrap:wrap;align-items:center;margin-top:1.4rem}
.links{list-style:none;padding:0;margin:1.6rem 0 0;border-top:1px solid var(--line);padding-top:1rem;font-size:.9375rem}
.links li{margin:.35rem 0}
.error,.done{border-inline-start:4px solid var(--bad);background:var(--paper);border-radius:0 .6rem .6rem 0;padding:.6rem .9rem;color:var(--bad);font-weight:600}
.done{border-color:var(--accent);color:var(--ink);font-weight:400}
.wrong{color:var(--bad);font-size:.9375rem;font-weight:600}
ul,ol{padding-inline-start:1.3rem;margin:.5rem 0}li{margin:.25rem 0}a{color:var(--accent)}
code.secret{display:block;font-size:1.05rem;overflow-wrap:anywhere;background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:.8rem;user-select:all}
.codes{list-style:none;padding:1rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.5rem 1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:.6rem;font-family:ui-monospace,monospace;user-select:all}
.codes li{margin:0}
.qr{display:block;width:12rem;height:12rem;margin:1rem auto;border-radius:.6rem;background:#fff}
.things{list-style:none;padding:0;margin:.75rem 0}
.things>li{display:flex;gap:.5rem 1rem;flex-wrap:wrap;align-items:center;justify-content:space-between;padding:.8rem 0;margin:0;border-top:1px solid var(--line)}
.things>li>div{flex:1 1 14rem;min-width:0;overflow-wrap:anywhere}
.things p{margin:.1rem 0}
.things button{min-height:2.25rem;padding:.35rem .9rem;font-size:.9375rem}
.tag{display:inline-block;font-size:.8125rem;font-weight:600;border-radius:1rem;padding:.05rem .6rem;background:var(--accent);color:var(--accent-ink)}
.tag.off{background:transparent;color:var(--soft);box-shadow:inset 0 0 0 1px var(--edge)}
.text{overflow-wrap:anywhere}.text h1,.text h2,.text h3{font-size:1.125rem;margin:1.5rem 0 .4rem}
.text .invisible{font-size:0;line-height:0;display:inline-block;width:0;height:0;position:absolute}.text .ellipsis::after{content:"…"}
.beyond{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}
@media (max-width:30rem){body{padding:0;place-items:stretch}main{border:0;border-radius:0;box-shadow:none;min-height:100vh}}
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
  page: {
    title: string
    site: string
    body: Html
    status?: number
    formTargets?: string
    /** For lists and long texts. */
    wide?: boolean
  },
): Promise<Response> {
  const content = await html`<!doctype html>
    <html lang="${pageLanguage()}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · ${page.site}</title>
        <link rel="icon" href="/assets/icon-192.png" type="image/png" />
        <link rel="stylesheet" href="${FORM_STYLE_PATH}?v=${STYLE_VERSION}" />
      </head>
      <body>
        <main class="${page.wide === true ? 'wide' : 'narrow'}">
          <a class="brand" href="/"
            ><img src="/assets/icon-192.png" alt="" width="32" height="32" />${page.site}</a
          >
          ${page.body}
        </main>
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
      <p><a href="/">${say('Go to the start page')}</a></p>`,
  })
}

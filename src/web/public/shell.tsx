// The document into which the signed-in client draws itself.
import { renderToString } from 'preact-render-to-string'
import { preferredLanguage } from '../i18n/words.ts'
import type { Assets } from './page-request.ts'

export interface ShellRequest {
  title: string
  languages: string
  assets: Assets
  /** Chosen looks, kept in a cookie so that the first paint is right: `theme=dark&text=large`. */
  look: string
  /** What the client would ask for first, so that it need not ask. */
  boot: unknown
}

const LOOKS: Record<string, readonly string[]> = {
  theme: ['light', 'dark'],
  contrast: ['more'],
  motion: ['less'],
  text: ['small', 'large', 'larger'],
}

function lookAttributes(look: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(look))
    if (LOOKS[name]?.includes(value)) found[`data-${name}`] = value
  return found
}

/** JSON inside a page: no sign in it may end its element. */
function inert(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function renderShell(request: ShellRequest): string {
  const chosen = new URLSearchParams(request.look).get('lang')
  const language = preferredLanguage(chosen ?? request.languages)
  const html = renderToString(
    <html lang={language} dir="ltr" {...lookAttributes(request.look)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{request.title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.json" />
        {request.assets.styles.map((href) => (
          <link rel="stylesheet" href={href} key={href} />
        ))}
        {request.assets.preloads?.map((href) => (
          <link rel="modulepreload" href={href} key={href} />
        ))}
        <script type="application/json" id="boot" dangerouslySetInnerHTML={{ __html: inert(request.boot) }} />
        {request.assets.scripts.map((src) => (
          <script type="module" src={src} key={src} />
        ))}
      </head>
      <body>
        <div id="app" />
        <noscript>
          <div class="empty">
            <h2>Folkmoot</h2>
            <p>
              The signed-in client needs JavaScript. <a href="/explore">Public pages</a> work without it.
            </p>
          </div>
        </noscript>
      </body>
    </html>,
  )
  return `<!doctype html>${html}`
}

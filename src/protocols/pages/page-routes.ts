// The pages of the site: rendered for visitors from the public API, the client's shell for those who are signed in.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context as HonoContext, Hono, Next } from 'hono'
import { getCookie } from 'hono/cookie'
import { createLru } from '../../lib/lru.ts'
import type { Said } from '../../platform/http-server.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Bundle } from './bundle.ts'
import { currentAccount, forgetToken, rememberAccount, sessionOf, tokenOf } from './client-cookies.ts'
import { isSignedIn } from './client-session.ts'
import { pageHeaders } from './headers.ts'
import { interact } from './interact.ts'
import { clientOf, safePath } from './parts.ts'
import type { PagesParts } from './parts.ts'
import { publishPath, takeShared } from './share-target.ts'

/** Paths that only make sense when signed in. */
const CLIENT_PATHS = [
  '/home',
  '/notifications',
  '/notifications/requests',
  '/public',
  '/public/local',
  '/lists',
  '/circles',
  '/circles/:id',
  '/circles/:id/shared',
  '/drafts',
  '/scheduled',
  '/lists/:id',
  '/conversations',
  '/bookmarks',
  '/favourites',
  '/search',
  '/settings',
  '/settings/:part',
  '/disputes',
  '/disputes/:id{[0-9]+}',
  '/admin',
  '/admin/:part',
  '/admin/:part/:id{[0-9]+}',
  '/publish',
  '/start',
  '/collections',
  '/follow-requests',
  '/:handle{@[^/]+}/followers',
  '/:handle{@[^/]+}/following',
  '/:handle{@[^/]+}/:id{[0-9]+}/:part{history|favourites|boosts|quotes}',
] as const

/** Paths that everybody may open. */
const PUBLIC_PATHS = [
  '/',
  '/about',
  '/explore',
  '/tags/:tag',
  '/collections/:id{[0-9]+}',
  '/interact',
  '/:handle{@[^/]+}',
  '/:handle{@[^/]+}/:part{with_replies|media}',
  '/:handle{@[^/]+}/:id{[0-9]+}',
] as const

const VARY = 'Accept, Accept-Encoding, Accept-Language, Cookie'
/** How long one rendering serves everybody who asks the same: a post that spreads is rendered a few times a minute. */
const KEEP_MS = 10_000

interface Kept {
  status: number
  html: string
  language: string
  location?: string
}

export interface Site {
  parts: PagesParts
  bundle: Bundle
  server: Hono
}

/** Other programs ask for the same addresses; what they want is another protocol's to give. */
function wantsPage(c: HonoContext): boolean {
  const accept = (c.req.header('accept') ?? '').slice(0, 1000).toLowerCase()
  if (/application\/(activity|ld)\+json/.test(accept)) return false
  return !accept.includes('application/json') || accept.includes('text/html')
}

/** Calls our own API as the visitor would: pages can never show more than it does. */
function loader(site: Site, c: HonoContext, headers: Record<string, string>, budget: string) {
  const client = clientOf(c)
  const env = { ...(c.env as object), client: client && { ...client, key: `${budget}:${client.key}` } }
  return async (path: string): Promise<Said> => {
    let said: Said | undefined
    const take = (one: Said): void => void (said = one)
    const answer = await site.server.fetch(new Request(`${site.parts.config.origin}${path}`, { headers }), {
      ...env,
      take,
    })
    if (answer.status === 429) throw new Refusal('too-many', 'Too many requests. Try again in a few minutes.')
    if (answer.status >= 500)
      throw new Refusal('unavailable', 'This page cannot be shown just now. Try again soon.')
    return said ?? { status: answer.status, body: null }
  }
}

function queryOf(c: HonoContext): string {
  const start = c.req.url.indexOf('?')
  return start < 0 ? '' : c.req.url.slice(start + 1)
}

async function renderFresh(site: Site, c: HonoContext): Promise<Kept> {
  const { parts, bundle } = site
  return bundle.render.renderPage({
    path: new URL(c.req.url).pathname,
    query: queryOf(c),
    languages: c.req.header('accept-language') ?? '',
    origin: parts.config.origin,
    now: parts.clock.now(),
    assets: bundle.visitor,
    load: loader(site, c, {}, 'page'),
  })
}

const squeeze = promisify(gzip)
/** Smaller pages fit into one packet anyway. */
const WORTH_SQUEEZING = 1400

const squeezedPages = new WeakMap<object, Promise<Uint8Array<ArrayBuffer>>>()

/** A page that is kept for a while is compressed once. */
function squeezedOnce(page: { html: string }): Promise<Uint8Array<ArrayBuffer>> {
  const known = squeezedPages.get(page)
  if (known) return known
  const fresh = squeeze(page.html, { level: 5 }).then((bytes) => new Uint8Array(bytes))
  squeezedPages.set(page, fresh)
  return fresh
}

async function sendHtml(
  c: HonoContext,
  page: { html: string; status: number },
  headers: Record<string, string>,
): Promise<Response> {
  const status = page.status as 200
  const squeezed =
    page.html.length > WORTH_SQUEEZING && (c.req.header('accept-encoding') ?? '').includes('gzip')
  if (!squeezed) return c.body(page.html, status, headers)
  return c.body(await squeezedOnce(page), status, { ...headers, 'content-encoding': 'gzip' })
}

async function answerPage(site: Site, c: HonoContext, page: Kept): Promise<Response> {
  if (page.location !== undefined) return c.redirect(page.location, 302)
  const cache = page.status === 200 ? 'public, max-age=10, stale-while-revalidate=60' : 'no-store'
  return sendHtml(c, page, {
    ...pageHeaders(site.parts.config, 'visitor'),
    'cache-control': cache,
    vary: VARY,
    'content-language': page.language,
  })
}

const FIRST_CALLS = {
  instance: '/api/v2/instance',
  preferences: '/api/v1/preferences',
} as const

/** The shell with what the client needs first; undefined when the token is not accepted any more. */
async function answerShell(site: Site, c: HonoContext, token: string): Promise<Response | undefined> {
  const { parts, bundle } = site
  const load = loader(site, c, { authorization: `Bearer ${token}` }, 'shell')
  const { pathname } = new URL(c.req.url)
  const isHome = pathname === '/home'
  const [me, instance, preferences, home, markers] = await Promise.all([
    load('/api/v1/accounts/verify_credentials'),
    load(FIRST_CALLS.instance),
    load(FIRST_CALLS.preferences),
    isHome ? load('/api/v1/timelines/home?limit=20') : undefined,
    isHome ? load('/api/v1/markers?timeline[]=home') : undefined,
  ])
  if (me.status !== 200) return undefined
  const { id } = me.body as { id: string }
  // Who signed in before a browser could hold several accounts is remembered by name from now on.
  if (currentAccount(c) === undefined) rememberAccount(parts, c, { id, token, session: sessionOf(c) })
  const html = bundle.render.renderShell({
    title: parts.config.title,
    languages: c.req.header('accept-language') ?? '',
    assets: bundle.client(pathname),
    look: (getCookie(c, 'folkmoot_look') ?? '').slice(0, 200),
    boot: {
      me: me.body,
      instance: instance.body,
      preferences: preferences.body,
      home: home?.body,
      markers: markers?.body,
    },
  })
  return sendHtml(
    c,
    { html, status: 200 },
    {
      ...pageHeaders(parts.config, 'client'),
      'cache-control': 'private, no-store',
      vary: VARY,
      // The service worker keeps the page for this account, to be opened without a connection.
      'x-folkmoot-shell': id,
    },
  )
}

export function addPageRoutes(site: Site): void {
  const { server } = site
  const kept = createLru<string, Promise<Kept>>({ max: 500, ttl: KEEP_MS })
  const render = (c: HonoContext): Promise<Kept> => {
    const url = new URL(c.req.url)
    const key = `${url.pathname}?${url.search} ${(c.req.header('accept-language') ?? '').slice(0, 40)}`
    const known = kept.get(key)
    if (known) return known
    const fresh = renderFresh(site, c)
    kept.set(key, fresh)
    fresh.catch(() => kept.delete(key))
    return fresh
  }
  const shell = async (c: HonoContext): Promise<Response | undefined> => {
    const token = tokenOf(c)
    const answer = token === undefined ? undefined : await answerShell(site, c, token)
    if (!answer && token !== undefined) forgetToken(c)
    return answer
  }
  for (const path of PUBLIC_PATHS)
    addGuarded(server, path, async (c, next) => {
      if (!wantsPage(c)) return next()
      if (path === '/' && tokenOf(c) !== undefined) return c.redirect('/home', 302)
      // Signing in without having been anywhere before leads here.
      if (path === '/' && (await isSignedIn(site.parts, c))) return c.redirect('/auth/client', 303)
      if (path === '/interact') {
        const led = await interact(site.parts, c)
        if (led) return led
      }
      const mine = path === '/interact' || path === '/about' ? undefined : await shell(c)
      return mine ?? answerPage(site, c, await render(c))
    })
  for (const path of CLIENT_PATHS)
    addGuarded(server, path, async (c, next) => {
      // Signing in is looked after on pages that need no scripts.
      if (!wantsPage(c) || c.req.param('part') === 'security') return next()
      return (await shell(c)) ?? c.redirect(`/auth/client?return_to=${encodeURIComponent(ownPath(c))}`, 303)
    })
  addShortcuts(server)
}

type PageHandler = (c: HonoContext, next: Next) => Promise<Response | void>

/** A page that could not be made says so in a sentence. */
function addGuarded(server: Hono, path: string, handler: PageHandler): void {
  server.get(path, async (c, next) => {
    try {
      return await handler(c, next)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = error.code === 'too-many' ? 429 : 503
      return c.text(error.safeText, status, { 'retry-after': '60', 'cache-control': 'no-store' })
    }
  })
}

function ownPath(c: HonoContext): string {
  const url = new URL(c.req.url)
  return safePath(`${url.pathname}${url.search}`)
}

/** For a query, at most `max` characters; half a character at the cut could not be encoded. */
function encodeCut(text: string, max: number): string {
  return encodeURIComponent(text.slice(0, max).toWellFormed())
}

/** Addresses that other servers and phones lead people to. */
function addShortcuts(server: Hono): void {
  server.get('/authorize_interaction', (c) => {
    const uri = (c.req.query('uri') ?? c.req.query('acct') ?? '').replace(/^acct:/, '@')
    return c.redirect(`/search?q=${encodeCut(uri, 2000)}`, 302)
  })
  // The service worker brings files along; until it runs, words are kept and files are told about.
  server.post('/share', takeShared)
  server.get('/share', (c) => c.redirect(publishPath(c.req.query()), 302))
}

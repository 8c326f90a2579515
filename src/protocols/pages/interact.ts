// Leads visitors to their own server, to follow or answer there (FEP-3b86 intents, or the older subscribe template).
import type { Context as HonoContext } from 'hono'
import { parseHandle } from '../../lib/text/handle.ts'
import type { Handle } from '../../lib/text/handle.ts'
import { Refusal, Unreachable } from '../../model/refusal.ts'
import type { PagesParts } from './parts.ts'

const MAX_BYTES = 128 * 1024
const TIMEOUT_MS = 8000
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'
/** The ways a server may offer, best first. */
const WAYS = {
  follow: ['https://w3id.org/fep/3b86/Follow', SUBSCRIBE, 'https://w3id.org/fep/3b86/Object'],
  object: ['https://w3id.org/fep/3b86/Object', SUBSCRIBE],
} as const

/** What the visitor means to do there: follow somebody, or look at something to answer it. */
type Intent = keyof typeof WAYS

interface Link {
  rel?: unknown
  template?: unknown
}

function isTemplate(template: unknown): template is string {
  return typeof template === 'string' && /^https?:\/\/.*\{(uri|object)\}/.test(template)
}

async function templateOf(parts: PagesParts, handle: Required<Handle>, intent: Intent): Promise<string> {
  const { username, domain } = handle
  const scheme = new URL(parts.config.origin).protocol
  const fallback = `${scheme}//${domain}/authorize_interaction?uri={uri}`
  const resource = encodeURIComponent(`acct:${username}@${domain}`)
  try {
    const answer = await parts.outgoing.request(
      `${scheme}//${domain}/.well-known/webfinger?resource=${resource}`,
      {
        headers: { accept: 'application/jrd+json, application/json' },
        maxBytes: MAX_BYTES,
        timeoutMs: TIMEOUT_MS,
      },
    )
    if (answer.status !== 200) return fallback
    const { links } = JSON.parse(answer.body.toString('utf8')) as { links?: Link[] }
    const find = (rel: string) =>
      (Array.isArray(links) ? links : []).find((link) => link?.rel === rel)?.template
    return WAYS[intent].map(find).find(isTemplate) ?? fallback
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable || error instanceof SyntaxError)
      return fallback
    throw error
  }
}

/** Where the visitor goes on; undefined when the address cannot be one. */
export async function ownServerUrl(
  parts: PagesParts,
  address: string,
  uri: string,
  intent: Intent,
): Promise<string | undefined> {
  const handle = parseHandle(address.trim())
  const domain = handle?.domain
  if (!handle || !domain) return undefined
  const template = await templateOf(parts, { username: handle.username, domain }, intent)
  // Other places, such as where to go on afterwards, may stay empty.
  const filled = template
    .replaceAll(/\{(uri|object)\}/g, encodeURIComponent(uri))
    .replaceAll(/\{[a-z-]{1,20}\}/g, '')
  const url = URL.parse(filled)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

export async function interact(parts: PagesParts, c: HonoContext): Promise<Response | undefined> {
  const address = c.req.query('address')
  const uri = c.req.query('uri') ?? ''
  if (address === undefined) return undefined
  const intent = c.req.query('intent') === 'follow' ? 'follow' : 'object'
  const own = uri.length <= 2000 && uri.startsWith(`${parts.config.origin}/`)
  const to = own ? await ownServerUrl(parts, address.slice(0, 320), uri, intent) : undefined
  if (to === undefined)
    return c.redirect(`/interact?wrong=1&intent=${intent}&uri=${encodeURIComponent(own ? uri : '')}`, 303)
  return c.redirect(to, 303)
}

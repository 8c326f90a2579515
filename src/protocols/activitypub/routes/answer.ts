// How documents are asked for and answered: content negotiation, who asks, caching, and the constant "not found".
import type { Context as Request, Handler } from 'hono'
import type { Context } from '../../../domain/context.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'
import { findAccount } from '../../../domain/federation/outgoing-rows.ts'
import { isSuspendedDomain } from '../../../domain/federation/open-collections.ts'
import type { Asker } from '../../../domain/federation/outgoing-rows.ts'
import { ACTIVITY_JSON } from '../wire.ts'
import { withContext } from '../write/context.ts'
import type { Document } from '../write/types.ts'

/** The id of the account that signed a request; undefined when it is not (validly) signed. */
export type VerifyRequest = (request: Request) => Promise<number | undefined>

/** Who asks: nobody in particular, or an account whose signature was checked. */
export interface Signer extends Asker {
  uri: string
}

export interface Site {
  ctx: Context
  verifyRequest: VerifyRequest
}

/** Whether the caller wants a document and no page. Plain JSON counts, except from browsers. */
export function wantsDocument(accept: string | undefined): boolean {
  const text = (accept ?? '').slice(0, 1000).toLowerCase()
  if (text.includes('application/activity+json') || text.includes('application/ld+json')) return true
  return text.includes('application/json') && !text.includes('text/html')
}

/**
 * Whoever signed. Servers that an operator suspended get the constant "not found"; where every fetch must be signed,
 * the unsigned are refused (unauthorized).
 */
export async function identify(site: Site, request: Request): Promise<Signer | undefined> {
  const { ctx } = site
  const id = await site.verifyRequest(request)
  const account = id === undefined ? undefined : await findAccount(ctx.store.read, id)
  if (account) {
    if (account.suspended_at !== null || account.deleted_at !== null) throw notFound()
    if (await isSuspendedDomain(ctx.store.read, account.domain)) throw notFound()
    if (await isSuspendedDomain(ctx.store.read, new URL(account.uri).host)) throw notFound()
    return { id: account.id, domain: account.domain, uri: account.uri }
  }
  if (ctx.config.authorizedFetch) throw new Refusal('unauthorized', 'Requests to this server must be signed')
  return undefined
}

/** How an answer may be kept: by anybody for a short while, or by nobody. */
export interface Caching {
  open: boolean
}

const OPEN_SECONDS = 180
const STATUS: Partial<Record<Refusal['code'], 400 | 401 | 403 | 404 | 410>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 410,
}

export function answerDocument(site: Site, request: Request, document: Document, caching: Caching): Response {
  const isShared = caching.open && !site.ctx.config.authorizedFetch
  return request.body(JSON.stringify(withContext(document)), 200, {
    'content-type': `${ACTIVITY_JSON}; charset=utf-8`,
    'cache-control': isShared ? `public, max-age=${OPEN_SECONDS}` : 'private, no-store',
    vary: 'Accept, Signature',
  })
}

/** A Tombstone for what is gone. */
export function answerGone(request: Request, tombstone: Document): Response {
  return request.body(JSON.stringify(withContext(tombstone)), 410, {
    'content-type': `${ACTIVITY_JSON}; charset=utf-8`,
    'cache-control': 'private, no-store',
    vary: 'Accept, Signature',
  })
}

/** Turns refusals into answers; all that is absent or hidden looks the same. */
export function handle(work: (request: Request) => Promise<Response>): Handler {
  return async (request) => {
    try {
      return await work(request)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = STATUS[error.code] ?? 400
      return request.body(JSON.stringify({ error: error.safeText }), status, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'private, no-store',
        vary: 'Accept, Signature',
      })
    }
  }
}

/** An id of ours in a path or query; anything else is not found. */
export function readId(text: string | undefined): number {
  const id = text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(id)) throw notFound()
  return id
}

/** The `max_id` by which a page begins; undefined for the first page. */
export function readMaxId(request: Request): { maxId?: number } {
  const text = request.req.query('max_id')
  return text === undefined ? {} : { maxId: readId(text) }
}

/** A parameter that the path is known to have. */
export function parameter(request: Request, name: string): string {
  return request.req.param(name) ?? ''
}

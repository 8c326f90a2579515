// One endpoint of the client API: who may call it, its parameters, its answer; the frame that all routes share.
import type { Context as HonoContext, Hono } from 'hono'
import { Refusal } from '../../../model/refusal.ts'
import type { ServerEnv } from '../../../platform/http-server.ts'
import type { Api } from '../api.ts'
import { failureOf } from './answer.ts'
import { readBodyTree } from './body.ts'
import { bearerOf, findCaller, requireScope } from './caller.ts'
import type { Caller } from './caller.ts'
import { JsonBytes } from './json-bytes.ts'
import { linkHeader } from './page.ts'
import type { PageEdges } from './page.ts'
import { nestPairs, readParams } from './params.ts'
import type { Params } from './params.ts'
import type { EndpointRule } from './rule.ts'
import { throttle } from './throttle.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ApiRequest {
  api: Api
  caller: Caller | undefined
  /** The user's account id; undefined for the anonymous and for app tokens. */
  viewerId: number | undefined
  params: Params
  /** A named part of the path. */
  path(name: string): string
  header(name: string): string | undefined
  /** Sets the answer's status (200 otherwise). */
  status(code: number): void
  setHeader(name: string, value: string): void
  /** Sets the Link header; an empty page keeps it only with `more`. */
  link(edges: PageEdges): void
  raw: HonoContext
}

export type Handler = (request: ApiRequest) => Promise<unknown>

/** The signed-in user's account id; only for endpoints whose rule is `user`. */
export function userOf(request: ApiRequest): number {
  if (request.viewerId === undefined)
    throw new Refusal('invalid', 'This method requires an authenticated user')
  return request.viewerId
}

async function authorise(api: Api, c: HonoContext, rule: EndpointRule): Promise<Caller | undefined> {
  if (rule.auth === 'none') return undefined
  const options = rule.allowUnconfirmed === true ? { allowUnconfirmed: true } : {}
  const caller = await findCaller(api, bearerOf(c), options)
  if (!caller) {
    if (rule.auth === 'optional') return undefined
    throw new Refusal('unauthorized', 'The access token is invalid')
  }
  if (rule.auth !== 'optional' || caller.accountId !== null) requireScope(caller, rule.scopes ?? [])
  if (rule.auth === 'user' && caller.accountId === null)
    throw new Refusal('invalid', 'This method requires an authenticated user')
  return caller
}

/** Whoever is not let in counts as a stranger: trying tokens is limited like everything else. */
async function turnAway(
  api: Api,
  c: HonoContext,
  headers: Record<string, string>,
  error: unknown,
): Promise<never> {
  await throttle(api, c, undefined, { auth: 'none' }, headers)
  throw error
}

async function readAll(c: HonoContext, rule: EndpointRule): Promise<Params> {
  const queryStart = c.req.url.indexOf('?')
  const query =
    queryStart < 0 ? nestPairs([]) : nestPairs(new URLSearchParams(c.req.url.slice(queryStart + 1)))
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || rule.streamsBody === true) return readParams(query)
  const body = await readBodyTree(c, rule.maxBody ?? 1_048_576)
  return readParams(Object.assign(query, body))
}

/** Adds an endpoint to the server. */
export function endpoint(
  server: Hono,
  api: Api,
  at: `${Method} ${string}`,
  rule: EndpointRule,
  handler: Handler,
): void {
  const space = at.indexOf(' ')
  const method = at.slice(0, space)
  const path = at.slice(space + 1)
  // RFC 9745.
  const deprecation =
    rule.deprecatedSince === undefined ? undefined : `@${Date.parse(rule.deprecatedSince) / 1000}`
  server.on(method, [path], async (c) => {
    const headers: Record<string, string> = deprecation === undefined ? {} : { deprecation }
    let status = 200
    let leadsOn = false
    try {
      const caller = await authorise(api, c, rule).catch((error: unknown) => turnAway(api, c, headers, error))
      await throttle(api, c, caller, rule, headers)
      if (method === 'GET' && hasLeft(c)) return new Response(null, { status: 499 })
      const request: ApiRequest = {
        api,
        caller,
        viewerId: caller?.accountId ?? undefined,
        params: await readAll(c, rule),
        path: (name) => c.req.param(name) ?? '',
        header: (name) => c.req.header(name),
        status: (code) => void (status = code),
        setHeader: (name, value) => void (headers[name] = value),
        link: (edges) => {
          leadsOn = edges.more === true
          headers['link'] = linkHeader(c.req.url, api.config.origin, edges)
        },
        raw: c,
      }
      const result = await handler(request)
      if (result instanceof Response) return result
      // A page of which nothing is left for this reader leads on only where more is known to follow, or apps would stop there.
      if ((isEmptyPage(result) && !leadsOn) || (headers['link']?.length ?? 0) > MOST_LINK)
        delete headers['link']
      return saidInside(c, result, status) ?? answer(result, status, headers, caller !== undefined)
    } catch (error) {
      const failure = failureOf(error, api.log)
      return (
        saidInside(c, failure.body, failure.status) ?? answer(failure.body, failure.status, headers, true)
      )
    }
  })
}

/** Proxies refuse answers with longer heads; no list needs a query that long. */
const MOST_LINK = 6000

/** Nobody reads the answer any more: a crowd that asks and leaves gets no work done. */
function hasLeft(c: HonoContext): boolean {
  return (c.env as Partial<ServerEnv> | undefined)?.outgoing?.destroyed === true
}

function isEmptyPage(result: unknown): boolean {
  return result instanceof JsonBytes ? result.isEmptyList : Array.isArray(result) && result.length === 0
}

/** Callers within this process need neither bytes nor headers. */
function saidInside(c: HonoContext, body: unknown, status: number): Response | undefined {
  const take = (c.env as Partial<ServerEnv> | undefined)?.take
  if (!take) return undefined
  take({ status, body: body instanceof JsonBytes ? body.value : (body ?? {}) })
  return new Response(null, { status })
}

function answer(
  body: unknown,
  status: number,
  headers: Record<string, string>,
  isPrivate: boolean,
): Response {
  headers['content-type'] = 'application/json; charset=utf-8'
  // The web client names itself; its cookie stands for the Authorization header.
  headers['vary'] = 'Authorization, Origin, X-Folkmoot-Client'
  headers['cache-control'] ??= isPrivate
    ? 'private, no-store'
    : 'public, max-age=15, stale-while-revalidate=30, stale-if-error=86400'
  headers['access-control-allow-origin'] = '*'
  headers['access-control-expose-headers'] = EXPOSED
  headers['x-content-type-options'] = 'nosniff'
  const text =
    body instanceof JsonBytes ? (body.bytes as Uint8Array<ArrayBuffer>) : JSON.stringify(body ?? {})
  return new Response(text, { status, headers })
}

const EXPOSED =
  'Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id'

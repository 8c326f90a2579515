// Calls the client API; the session cookie stands for the token, which no script here ever sees.
import { heard, heardNothing } from './connection.ts'

/** An answer that is no success; `message` may be shown. Status 0: no answer came. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

const OWN = 'x-folkmoot-client'

/** Go with every call: that a page of ours makes it, and for which account of this browser. */
export const OWN_HEADERS: Record<string, string> = { [OWN]: '1' }

/** From now on this page speaks for the account. */
export function actAs(accountId: string): void {
  OWN_HEADERS[OWN] = accountId
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Another account of this browser, in whose name this one call is made. */
  as?: string
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const { body } = options
  const isForm = body instanceof FormData
  const headers: Record<string, string> = { ...OWN_HEADERS, ...options.headers }
  if (options.as !== undefined) headers[OWN] = options.as
  if (body !== undefined && !isForm) headers['content-type'] = 'application/json'
  const request: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== undefined) request.body = isForm ? body : JSON.stringify(body)
  if (options.signal) request.signal = options.signal
  try {
    const answer = await fetch(path, request)
    heard(answer)
    return answer
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    heardNothing()
    throw new ApiError(0, 'offline')
  }
}

async function checked(answer: Response, as?: string): Promise<Response> {
  if (answer.ok) return answer
  const body = (await answer.json().catch(() => ({}))) as { error?: unknown }
  if (answer.status === 401 && as === undefined) leadToSignIn()
  throw new ApiError(answer.status, typeof body.error === 'string' ? body.error : '')
}

/** The session has ended: sign in anew and come back. */
function leadToSignIn(): void {
  const here = `${location.pathname}${location.search}`
  location.assign(`/auth/client?return_to=${encodeURIComponent(here)}`)
}

/** Throws ApiError unless the answer is a success. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const answer = await checked(await send(method, path, options), options.as)
  return (await answer.json()) as T
}

/** For addresses that answer without a word. */
export async function send204(method: Method, path: string, body?: unknown): Promise<void> {
  await checked(await send(method, path, body === undefined ? {} : { body }))
}

/** An answer that is text, such as a table. */
export async function fetchText(path: string): Promise<string> {
  return (await checked(await send('GET', path, {}))).text()
}

export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', path, signal ? { signal } : {})
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return call<T>('POST', path, { body })
}

export interface PageOf<T> {
  items: T[]
  /** The path of the page after this one. */
  next: string | undefined
}

export interface Paged<T> {
  body: T
  next: string | undefined
}

/** What one page holds, and where the list goes on (RFC 8288). */
export async function getWithNext<T>(path: string): Promise<Paged<T>> {
  const answer = await checked(await send('GET', path, {}))
  const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
  const url = next === undefined ? undefined : new URL(next)
  return { body: (await answer.json()) as T, next: url && `${url.pathname}${url.search}` }
}

/** One page of a list, with where it goes on. */
export async function getPage<T>(path: string): Promise<PageOf<T>> {
  const { body, next } = await getWithNext<T[]>(path)
  return { items: body, next }
}

/** A path with parameters; undefined ones are left out. */
export function withQuery(
  path: string,
  params: Record<string, string | number | boolean | undefined>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  if (text === '') return path
  return `${path}${path.includes('?') ? '&' : '?'}${text}`
}

// A small client of the API for tests; it fails the test when an answer is not what the catalogue promises.
import assert from 'node:assert/strict'
import { foreignLoads } from './contract/foreign-loads.ts'
import { validateExchange } from './contract/validate.ts'

export type Body = object | URLSearchParams | FormData | undefined

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
  /** Paths (with query) of the Link header. */
  next: string | undefined
  prev: string | undefined
}

export interface Asking {
  body?: Body
  /** Sent as they are, whatever `body` says. */
  headers?: Record<string, string>
  /** The raw text of the body. */
  text?: string
}

/** `get` and the like give the body and fail the test unless the answer is a success; `ask` gives any answer. */
export interface ApiClient {
  token: string | undefined
  ask<T = Json>(method: string, path: string, asking?: Asking): Promise<Answer<T>>
  get<T = Json>(path: string): Promise<T>
  post<T = Json>(path: string, body?: Body, headers?: Record<string, string>): Promise<T>
  put<T = Json>(path: string, body?: Body): Promise<T>
  patch<T = Json>(path: string, body?: Body): Promise<T>
  delete<T = Json>(path: string, body?: Body): Promise<T>
  page<T = Json>(path: string): Promise<Answer<T[]>>
  /** The status of the answer alone. */
  status(method: string, path: string, body?: Body): Promise<number>
}

/** JSON whose shape the catalogue has checked already. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read into answers that were validated
export type Json = any

export function createApi(origin: string, token?: string): ApiClient {
  const ask = <T>(method: string, path: string, asking: Asking = {}): Promise<Answer<T>> =>
    exchange<T>(origin, token, { method, path, asking })
  const body = async <T>(method: string, path: string, asking: Asking): Promise<T> => {
    const answer = await ask<T>(method, path, asking)
    const text = JSON.stringify(answer.body)
    assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status}: ${text}`)
    return answer.body
  }
  return {
    token,
    ask,
    get: (path) => body('GET', path, {}),
    post: (path, data, headers) => body('POST', path, { body: data, ...(headers ? { headers } : {}) }),
    put: (path, data) => body('PUT', path, { body: data }),
    patch: (path, data) => body('PATCH', path, { body: data }),
    delete: (path, data) => body('DELETE', path, { body: data }),
    async page(path) {
      const answer = await ask<Json[]>('GET', path)
      assert.equal(answer.status, 200, `GET ${path}: ${JSON.stringify(answer.body)}`)
      return answer
    },
    status: async (method, path, data) => (await ask(method, path, { body: data })).status,
  }
}

interface Call {
  method: string
  path: string
  asking: Asking
}

async function exchange<T>(
  origin: string,
  token: string | undefined,
  { method, path, asking }: Call,
): Promise<Answer<T>> {
  const headers: Record<string, string> = { ...asking.headers }
  if (token !== undefined) headers['authorization'] ??= `Bearer ${token}`
  const response = await fetch(origin + path, {
    method,
    redirect: 'manual',
    ...encode(asking, headers),
    headers,
  })
  const text = await response.text()
  const body = parse(text)
  assert.ok(response.status < 500, `${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
  const problems = validateExchange({
    method,
    path,
    status: response.status,
    headers: response.headers,
    body,
  })
  problems.push(...foreignLoads(body))
  assert.deepEqual(problems, [], `${method} ${path} breaks its promise: ${text.slice(0, 2000)}`)
  return {
    status: response.status,
    headers: response.headers,
    body: body as T,
    next: linked(response.headers, 'next', origin),
    prev: linked(response.headers, 'prev', origin),
  }
}

function encode(asking: Asking, headers: Record<string, string>): { body?: BodyInit } {
  if (asking.text !== undefined) return { body: asking.text }
  const { body } = asking
  if (body === undefined) return {}
  if (body instanceof URLSearchParams || body instanceof FormData) return { body }
  headers['content-type'] ??= 'application/json'
  return { body: JSON.stringify(body) }
}

function linked(headers: Headers, rel: string, origin: string): string | undefined {
  const url = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]
  if (url === undefined) return undefined
  const { pathname, search, origin: linkOrigin } = new URL(url)
  assert.ok(linkOrigin === origin || !linkOrigin.includes('localhost'), `${url} leads elsewhere`)
  return pathname + search
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

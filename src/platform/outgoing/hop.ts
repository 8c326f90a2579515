// Sends one request to one address, and works out whether and where a redirect leads.
import type { Readable } from 'node:stream'
import type { Refusal, Unreachable } from '../../model/refusal.ts'
import type { Deadline } from './deadline.ts'
import type { Pools } from './pools.ts'
import { troubleOf } from './trouble.ts'

/** Methods that are sent. */
export type OutgoingMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

/** One request as it goes out; a signer sees exactly this. */
export interface Hop {
  method: OutgoingMethod
  url: string
  /** Lower-case names. */
  headers: Record<string, string>
  body?: Buffer
}

/** What came back, its body not read yet. `release` must be called when the body is done with. */
export interface HopAnswer {
  status: number
  headers: Record<string, string>
  body: Readable
  release: () => void
}

/** Headers that mean something to the first server only. */
const bound = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'signature',
  'signature-input',
  'digest',
  'content-digest',
])

/** Sends one hop. Throws Refusal or Unreachable. */
export const sendHop = async (pools: Pools, hop: Hop, deadline: Deadline): Promise<HopAnswer> => {
  const url = new URL(hop.url)
  const { pool, release } = pools.take(url.origin)
  // A body that nobody reads is given back when the time is over.
  deadline.signal.addEventListener('abort', release, { once: true })
  try {
    const answer = await withinTime(
      pool.request({
        path: url.pathname + url.search,
        method: hop.method,
        headers: hop.headers,
        body: hop.body ?? null,
        signal: deadline.signal,
      }),
      deadline.signal,
    )
    answer.body.on('error', () => {})
    return { status: answer.statusCode, headers: flat(answer.headers), body: answer.body, release }
  } catch (error) {
    release()
    throw hopTrouble(error, url, deadline)
  }
}

/** undici heeds a signal only once a connection stands; this gives up before that as well. */
const withinTime = async <T extends { body: Readable }>(
  request: Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const giveUp = (): void => {
    reject(new Error('The call was given up.'))
    request.then(({ body }) => body.on('error', () => {}).destroy()).catch(() => {})
  }
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([request, promise])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** The Refusal or Unreachable that an error on the way to a URL means. */
export const hopTrouble = (error: unknown, url: URL, deadline: Deadline): Refusal | Unreachable =>
  troubleOf(error, url.hostname, deadline.passed())

/** The address an answer redirects to, if it does and the method allows following. */
export const redirectOf = (hop: Hop, answer: HopAnswer): string | undefined => {
  if (hop.method !== 'GET' && hop.method !== 'HEAD') return undefined
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined
  return answer.headers['location']
}

/** The headers a caller gave, lower-cased; without those that must not reach another origin when `crossed`. */
export const portableHeaders = (
  headers: Record<string, string>,
  crossed: boolean,
): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (lower === 'host' || lower === 'content-length' || (crossed && bound.has(lower))) continue
    kept[lower] = value
  }
  return kept
}

const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string> => {
  const joined: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === '__proto__') continue
    joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}

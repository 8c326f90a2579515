// The one way out: every request to another server goes through here and can reach public addresses only.
import { Refusal } from '../model/refusal.ts'
import type { Log } from './log.ts'
import { addressSet } from './addresses.ts'
import { cappedBody, firstBytes, tooLarge, wholeBody } from './outgoing/body.ts'
import { checkUrl } from './outgoing/check-url.ts'
import type { FixedHosts } from './outgoing/connect.ts'
import { startDeadline } from './outgoing/deadline.ts'
import type { Deadline } from './outgoing/deadline.ts'
import { hopTrouble, portableHeaders, redirectOf, sendHop } from './outgoing/hop.ts'
import type { Hop, HopAnswer, OutgoingMethod } from './outgoing/hop.ts'
import type { PoolLimits, Pools } from './outgoing/pools.ts'
import { dnsLookup } from './outgoing/resolve.ts'
import type { Lookup } from './outgoing/resolve.ts'

export type { Hop, OutgoingMethod } from './outgoing/hop.ts'
export type { FixedHosts } from './outgoing/connect.ts'
export type { Lookup, ResolvedAddress } from './outgoing/resolve.ts'
export { isPublicAddress } from './outgoing/public-address.ts'

/** How to build the way out; everything from `lookup` on is for tests and private networks. */
export interface OutgoingOptions {
  /** Addresses and ranges that may be called although they are not public, over http too. */
  allowPrivate: readonly string[]
  userAgent: string
  log?: Log
  lookup?: Lookup
  hosts?: FixedHosts
  /** A certificate authority (PEM) to believe in place of the public ones. */
  ca?: string
  limits?: Partial<PoolLimits>
}

/** Makes the headers that authenticate one hop; called anew for every redirect, so a signature never travels on. */
export type Signer = (hop: Hop) => Record<string, string> | Promise<Record<string, string>>

/** One call. */
export interface CallOptions {
  method?: OutgoingMethod
  headers?: Record<string, string>
  sign?: Signer
  body?: Buffer | string
  /** Cap on the decompressed body; beyond it the call fails with Refusal `too-large`. */
  maxBytes: number
  /** For everything together, from name lookup to the last byte. */
  timeoutMs: number
  /** 0 to 3; only GET and HEAD follow any. Default 3. */
  maxRedirects?: number
  /** Judges the content type of a 2xx answer; false fails the call with Refusal `unsupported`. */
  accept?: (contentType: string) => boolean
  signal?: AbortSignal
}

/** An answer of any status. `url` is where it finally came from; header names are lower-case. */
export interface Answer {
  status: number
  url: string
  headers: Record<string, string>
  body: Buffer
}

/** An answer whose body is still arriving; it must be read to its end or left (`break`), the deadline ends it anyway. */
export interface StreamAnswer extends Omit<Answer, 'body'> {
  body: AsyncGenerator<Buffer>
}

/**
 * The way out. All calls throw Refusal (`forbidden` address, `invalid` URL or data, `too-large`, `unsupported` type) or
 * Unreachable (DNS, connection, TLS, time-out). An error status is an answer, its body cut at 16 KiB.
 */
export interface Outgoing {
  request: (url: string, options: CallOptions) => Promise<Answer>
  stream: (url: string, options: CallOptions) => Promise<StreamAnswer>
  /** One POST: no redirect is followed, and at most 8 KiB of the answer are kept, without complaint about more. */
  postOnce: (url: string, options: PostOptions) => Promise<Answer>
  close: () => Promise<void>
}

/** A delivery. */
export type PostOptions = Pick<CallOptions, 'headers' | 'sign' | 'timeoutMs' | 'signal'> & {
  body: Buffer | string
}

const errorBytes = 16 * 1024
const postAnswerBytes = 8 * 1024
const defaultLimits: PoolLimits = { origins: 1_000, connections: 6, requests: 200 }

/** Builds the way out. */
export const createOutgoing = (options: OutgoingOptions): Outgoing => {
  const allowPrivate = addressSet(options.allowPrivate)
  const dns = dnsLookup(!allowPrivate.empty)
  const closing = new AbortController()
  const open = async (): Promise<Pools> => {
    const [{ checkedConnector }, { createPools }] = await Promise.all([
      import('./outgoing/connect.ts'),
      import('./outgoing/pools.ts'),
    ])
    const connector = checkedConnector({
      allowPrivate,
      lookup: options.lookup ?? dns.lookup,
      hosts: options.hosts ?? {},
      closed: closing.signal,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    })
    return createPools(connector, { ...defaultLimits, ...options.limits })
  }
  // The client is loaded with the first call: it is larger than all of the server, and a start calls nobody.
  let pools: Promise<Pools> | undefined
  const exchange = { pools: () => (pools ??= open()), userAgent: options.userAgent }

  const call = async <T>(url: string, given: CallOptions, read: Read<T>): Promise<T> => {
    const deadline = startDeadline(given.timeoutMs, given.signal)
    try {
      return await read(await follow(exchange, url, given, deadline), deadline)
    } catch (error) {
      deadline.end()
      options.log?.debug('A call to another server failed.', { url, error })
      throw error
    }
  }

  return {
    request: (url, given) => call(url, given, (reply, deadline) => readAll(reply, given.maxBytes, deadline)),
    stream: (url, given) =>
      call(url, given, (reply, deadline) =>
        Promise.resolve({ ...facts(reply), body: streamed(reply, given.maxBytes, deadline) }),
      ),
    postOnce: (url, given) =>
      call(url, { ...given, method: 'POST', maxBytes: postAnswerBytes, maxRedirects: 0 }, (reply, deadline) =>
        readFirst(reply, postAnswerBytes, deadline),
      ),
    close: async () => {
      closing.abort()
      dns.close()
      await (await pools)?.close()
    },
  }
}

interface Exchange {
  pools: () => Promise<Pools>
  userAgent: string
}

interface Reply extends HopAnswer {
  url: URL
}

type Read<T> = (reply: Reply, deadline: Deadline) => Promise<T>

/** Sends, follows redirects (each checked and signed as if it were the first) and judges the final answer's type. */
const follow = async (
  exchange: Exchange,
  text: string,
  given: CallOptions,
  deadline: Deadline,
): Promise<Reply> => {
  const first = checkUrl(text)
  let url = first
  for (let redirects = 0; ; redirects += 1) {
    const hop = await hopFor(exchange, url, url.origin !== first.origin, given)
    const answer = await sendHop(await exchange.pools(), hop, deadline)
    const location = redirectOf(hop, answer)
    if (location === undefined || given.maxRedirects === 0) {
      judge(answer, given)
      return { ...answer, url }
    }
    leave(answer)
    if (redirects >= Math.min(given.maxRedirects ?? 3, 3)) {
      throw new Refusal('invalid', 'That address redirects too often.')
    }
    url = checkUrl(location, url.href)
  }
}

const hopFor = async (exchange: Exchange, url: URL, crossed: boolean, given: CallOptions): Promise<Hop> => {
  const target = new URL(url)
  target.hash = ''
  const hop: Hop = {
    method: given.method ?? 'GET',
    url: target.href,
    headers: {
      'user-agent': exchange.userAgent,
      'accept-encoding': 'gzip, br',
      ...portableHeaders(given.headers ?? {}, crossed),
    },
    ...(given.body === undefined ? {} : { body: Buffer.from(given.body) }),
  }
  if (given.sign) {
    const { host, ...signed } = lowerCase(await given.sign(hop))
    if (host !== undefined && host !== url.host) throw new TypeError('A signer may not change the host.')
    hop.headers = { ...hop.headers, ...signed }
  }
  return hop
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const judge = (answer: HopAnswer, given: CallOptions): void => {
  if (!succeeded(answer.status)) return
  if (given.accept && answer.status !== 204 && !given.accept(answer.headers['content-type'] ?? '')) {
    leave(answer)
    throw new Refusal('unsupported', 'The other server answered with another kind of document.')
  }
  const announced = Number(answer.headers['content-length'] ?? 0)
  if (given.method !== 'HEAD' && given.method !== 'POST' && announced > given.maxBytes) {
    leave(answer)
    throw tooLarge()
  }
}

const leave = (answer: HopAnswer): void => {
  answer.body.destroy()
  answer.release()
}

const succeeded = (status: number): boolean => status >= 200 && status < 300

const facts = ({ status, url, headers }: Reply): Omit<Answer, 'body'> => ({ status, url: url.href, headers })

const encodingOf = (reply: Reply): string => reply.headers['content-encoding'] ?? ''

const readAll: (reply: Reply, maxBytes: number, deadline: Deadline) => Promise<Answer> = async (
  reply,
  maxBytes,
  deadline,
) => {
  if (!succeeded(reply.status)) return readFirst(reply, Math.min(maxBytes, errorBytes), deadline)
  return { ...facts(reply), body: await wholeBody(streamed(reply, maxBytes, deadline)) }
}

const readFirst = async (reply: Reply, maxBytes: number, deadline: Deadline): Promise<Answer> => {
  try {
    return { ...facts(reply), body: await firstBytes(reply.body, encodingOf(reply), maxBytes) }
  } catch (error) {
    throw hopTrouble(error, reply.url, deadline)
  } finally {
    deadline.end()
    leave(reply)
  }
}

async function* streamed(reply: Reply, maxBytes: number, deadline: Deadline): AsyncGenerator<Buffer> {
  try {
    yield* cappedBody(reply.body, encodingOf(reply), maxBytes)
  } catch (error) {
    throw hopTrouble(error, reply.url, deadline)
  } finally {
    deadline.end()
    leave(reply)
  }
}

// Reads request bodies with a cap on bytes and time, straight from the socket where that is possible.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../../model/refusal.ts'

interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** Requests that came over a socket of ours; reading there is several times faster than through a web stream. */
const exchanges = new WeakMap<Request, Exchange>()

/** Remembers which socket a request came from. */
export const rememberExchange = (request: Request, exchange: Exchange): void => {
  exchanges.set(request, exchange)
}

/** At least this many bytes a second must arrive once the first 20 seconds are over. */
const slowestBytesPerSecond = 16 * 1024
const patienceMs = 20_000
/** So much too much is still taken in, and dropped, so that its sender hears why it was refused and not a broken line. */
const graceBytes = 1024 * 1024

/**
 * The whole body of a request, at most `maxBytes` of it. Throws Refusal: `too-large` (as soon as it is known),
 * `unsupported` for a compressed body, `invalid` for one that arrives too slowly or breaks off.
 */
export const readBody = async (
  request: Request,
  maxBytes: number,
  timeoutMs = patienceMs + (maxBytes / slowestBytesPerSecond) * 1000,
): Promise<Buffer> => {
  const exchange = exchanges.get(request)
  const encoding = request.headers.get('content-encoding') ?? ''
  if (encoding !== '' && encoding.toLowerCase() !== 'identity') {
    throw refuse(exchange, new Refusal('unsupported', 'Compressed request bodies are not accepted.'))
  }
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes + graceBytes || (announced > maxBytes && !exchange))
    throw refuse(exchange, tooLarge())
  if (exchange && !exchange.incoming.readableDidRead) return readSocket(exchange, maxBytes, timeoutMs)
  return readStream(request, maxBytes, timeoutMs)
}

const readSocket = (exchange: Exchange, maxBytes: number, timeoutMs: number): Promise<Buffer> => {
  const { incoming } = exchange
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const parts: Buffer[] = []
  let total = 0
  const stop = (refusal: Refusal): void => {
    incoming.off('data', onData)
    incoming.pause()
    reject(refuse(exchange, refusal))
  }
  const onData = (part: Buffer): void => {
    total += part.length
    if (total > maxBytes + graceBytes) return stop(tooLarge())
    if (total <= maxBytes) parts.push(part)
    else parts.length = 0
  }
  const timer = setTimeout(() => stop(tooSlow()), timeoutMs)
  incoming.on('data', onData)
  incoming.once('end', () => {
    if (total > maxBytes) reject(tooLarge())
    else resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
  })
  incoming.once('error', (error) => reject(brokenOff(error)))
  incoming.once('close', () => incoming.readableEnded || reject(brokenOff()))
  if (incoming.destroyed && !incoming.readableEnded) reject(brokenOff())
  return promise.finally(() => clearTimeout(timer))
}

const readStream = async (request: Request, maxBytes: number, timeoutMs: number): Promise<Buffer> => {
  if (!request.body) return Buffer.alloc(0)
  const reader = request.body.getReader()
  const parts: Uint8Array[] = []
  let total = 0
  let slow = false
  const timer = setTimeout(() => {
    slow = true
    reader.cancel().catch(() => {})
  }, timeoutMs)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (slow) throw tooSlow()
      if (done) return Buffer.concat(parts)
      total += value.byteLength
      if (total > maxBytes) throw tooLarge()
      parts.push(value)
    }
  } catch (error) {
    reader.cancel().catch(() => {})
    throw error instanceof Refusal ? error : brokenOff(error)
  } finally {
    clearTimeout(timer)
  }
}

/** A connection whose body was not read to its end cannot carry another request. */
const refuse = (exchange: Exchange | undefined, refusal: Refusal): Refusal => {
  if (exchange && !exchange.outgoing.headersSent) exchange.outgoing.setHeader('connection', 'close')
  return refusal
}

const tooLarge = (): Refusal => new Refusal('too-large', 'The request is too large.')
const tooSlow = (): Refusal => new Refusal('invalid', 'The request arrived too slowly.')
const brokenOff = (cause?: unknown): Refusal => new Refusal('invalid', 'The request broke off.', cause)

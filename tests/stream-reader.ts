// Reads streams in tests, over server-sent events and WebSockets; every message is checked against the catalogue.
import assert from 'node:assert/strict'
import { WebSocket } from 'ws'
import { foreignLoads } from './contract/foreign-loads.ts'
import { validateStreamMessage } from './contract/validate.ts'
import type { Json } from './api-client.ts'

export interface StreamMessage {
  stream: string[]
  event: string
  payload: string
}

export interface StreamReader {
  /** All messages so far. */
  messages: StreamMessage[]
  /** Everything else that came: greetings, heartbeats, errors. */
  other: string[]
  /** The next message that fits (each is given once), parsed; fails after five seconds. */
  next(event: string, fits?: (payload: Json) => boolean): Promise<Json>
  send(message: object | string | Buffer): void
  /** Resolves with the close code (SSE: 0) when the server ends the stream. */
  closed: Promise<number>
  /** Waits for that end; fails when it does not come. */
  ended(): Promise<number>
  isClosed(): boolean
  close(): void
}

interface Inbox {
  reader: StreamReader
  take(message: StreamMessage): void
  end(code: number): void
}

function createInbox(send: StreamReader['send'], close: () => void): Inbox {
  const { promise, resolve } = Promise.withResolvers<number>()
  const messages: StreamMessage[] = []
  const given = new Set<StreamMessage>()
  let ended = false
  const find = (event: string, fits: (payload: Json) => boolean): StreamMessage | undefined =>
    messages.find((one) => !given.has(one) && one.event === event && fits(parsed(one)))
  const reader: StreamReader = {
    messages,
    other: [],
    async next(event, fits = () => true) {
      const limit = Date.now() + 20_000
      for (let found = find(event, fits); ; found = find(event, fits)) {
        if (found) {
          given.add(found)
          return parsed(found)
        }
        if (Date.now() > limit || ended)
          assert.fail(
            `no "${event}" came, only ${JSON.stringify(messages.map((one) => one.event))}; ${reader.other.join('; ')}`,
          )
        await new Promise((done) => setTimeout(done, 5))
      }
    },
    send,
    closed: promise,
    async ended() {
      const limit = AbortSignal.timeout(20_000)
      const late = new Promise<never>((_, reject) =>
        limit.addEventListener('abort', () =>
          reject(new assert.AssertionError({ message: 'the stream is still open' })),
        ),
      )
      return Promise.race([promise, late])
    },
    isClosed: () => ended,
    close,
  }
  return {
    reader,
    take(message) {
      const problems = [...validateStreamMessage(message), ...foreignLoads(parsedPayload(message.payload))]
      assert.deepEqual(problems, [], JSON.stringify(message))
      messages.push(message)
    },
    end(code) {
      ended = true
      resolve(code)
    },
  }
}

const parsed = ({ event, payload }: StreamMessage): Json =>
  event === 'delete' ? payload : JSON.parse(payload)

function parsedPayload(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

/** Opens a stream of server-sent events; `label` is how its messages are labelled for the check. */
export async function openEvents(
  origin: string,
  path: string,
  token?: string,
): Promise<{ status: number; text: string; headers: Headers; reader: StreamReader }> {
  const stop = new AbortController()
  const response = await fetch(`${origin}/api/v1/streaming${path}`, {
    signal: stop.signal,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  const inbox = createInbox(
    () => assert.fail('nothing is sent over server-sent events'),
    () => stop.abort(),
  )
  const { status, headers } = response
  if (status !== 200 || !headers.get('content-type')?.startsWith('text/event-stream'))
    return { status, headers, text: await response.text(), reader: inbox.reader }
  void pump(response, inbox)
  const greeted = Date.now() + 5000
  while (inbox.reader.other.length === 0 && Date.now() < greeted)
    await new Promise((done) => setTimeout(done, 2))
  return { status, headers, text: '', reader: inbox.reader }
}

async function pump(response: Response, inbox: Inbox): Promise<void> {
  let rest = ''
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      rest += Buffer.from(chunk).toString()
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const frame = /^event: (.*)\ndata: (.*)\n\n/.exec(rest)
        if (frame) {
          rest = rest.slice(frame[0].length)
          inbox.take({ stream: ['sse'], event: frame[1] ?? '', payload: frame[2] ?? '' })
        } else if (rest.startsWith(':')) {
          inbox.reader.other.push(rest.slice(0, end))
          rest = rest.slice(end + 1)
        } else break
      }
    }
    inbox.end(0)
  } catch (error) {
    // A broken promise is told to whoever waits for the message; a stream that was cut is none.
    if (error instanceof assert.AssertionError) inbox.reader.other.push(error.message)
    inbox.end(-1)
  }
}

export interface SocketOptions {
  query?: string
  protocol?: string
  headers?: Record<string, string>
}

export interface RefusedSocket {
  status: number
  message: string | undefined
}

/** Opens a WebSocket; resolves with the refusal when the server does not take it. */
export function openSocket(
  origin: string,
  options: SocketOptions,
): Promise<{ reader: StreamReader; protocol: string; socket: WebSocket } | RefusedSocket> {
  const url = `${origin.replace(/^http/, 'ws')}/api/v1/streaming${options.query ?? ''}`
  const socket = new WebSocket(url, options.protocol === undefined ? [] : [options.protocol], {
    headers: options.headers ?? {},
  })
  const inbox = createInbox(
    (message) =>
      socket.send(
        typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
      ),
    () => socket.terminate(),
  )
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as StreamMessage
    // An event that says it all has no payload here, and null in server-sent events, which drop empty ones.
    if ('event' in message) inbox.take({ ...message, payload: message.payload ?? 'null' })
    else inbox.reader.other.push(JSON.stringify(message))
  })
  socket.on('close', (code) => inbox.end(code))
  const { promise, resolve, reject } = Promise.withResolvers<
    { reader: StreamReader; protocol: string; socket: WebSocket } | RefusedSocket
  >()
  socket.on('open', () => resolve({ reader: inbox.reader, protocol: socket.protocol, socket }))
  socket.on('unexpected-response', (request, response) => {
    resolve({
      status: response.statusCode ?? 0,
      message: response.headers['x-error-message'] as string | undefined,
    })
    response.resume()
    request.destroy()
  })
  socket.on('error', reject)
  return promise
}

/** Opens a WebSocket that must be taken. */
export async function mustOpen(origin: string, options: SocketOptions) {
  const opened = await openSocket(origin, options)
  if ('status' in opened) assert.fail(`the WebSocket was refused with ${opened.status} ${opened.message}`)
  return opened
}

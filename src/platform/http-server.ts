// Listens for HTTP, with bounds on everything a caller could make large, many or slow.
import { createServer, STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { addressSet } from './addresses.ts'
import { clientOf } from './http-server/client.ts'
import type { Client } from './http-server/client.ts'
import { watchConnections } from './http-server/connections.ts'
import type { Connections } from './http-server/connections.ts'
import { rememberExchange } from './http-server/read-body.ts'
import type { Log } from './log.ts'

export type { Client } from './http-server/client.ts'
export { clientOf } from './http-server/client.ts'
export { readBody } from './http-server/read-body.ts'
/** What a handler returns that writes to `outgoing` itself. */
export { RESPONSE_ALREADY_SENT as ALREADY_ANSWERED } from '@hono/node-server/utils/response'

/** What a handler gets beside the request: Node's own objects (`incoming.rawHeaders` holds duplicates) and the caller. */
export interface ServerEnv {
  incoming: IncomingMessage
  outgoing: ServerResponse
  client: Client
  /** Set by callers within this process, who take what an answer says instead of its bytes. */
  take?: (said: Said) => void
}

/** What an answer says; nobody may change it. */
export interface Said {
  status: number
  body: unknown
}

/** Bounds; times in milliseconds. */
export interface ServerLimits {
  headerBytes: number
  headers: number
  headersMs: number
  /** For a whole request with its body. */
  requestMs: number
  keepAliveMs: number
  /** A socket on which nothing moves for this long is closed. */
  idleMs: number
  connections: number
  connectionsPerAddress: number
  /** How often overdue requests are looked for. */
  checkEveryMs: number
}

/** How to listen. */
export interface HttpServerOptions {
  /** Hono's `app.fetch`; its environment (`c.env`) is a ServerEnv. */
  fetch: (request: Request, env: ServerEnv) => Response | Promise<Response>
  port: number
  bind: string
  /** Other processes of this server listen there too, and the kernel deals connections out between them. */
  shared?: boolean
  /** Addresses and ranges of proxies whose X-Forwarded-* headers count. */
  trustProxy: readonly string[]
  log: Log
  limits?: Partial<ServerLimits>
  /** Takes over sockets that ask for a WebSocket; without it they are answered as plain requests. */
  onUpgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer, client: Client) => void
}

/** A listening server. */
export interface HttpServer {
  /** The port it really listens on. */
  port: number
  connections: () => number
  /** Accepts nothing new, lets running requests finish, and ends what is left (sockets, streams) after `deadlineMs`. */
  close: (deadlineMs?: number) => Promise<void>
}

const defaultLimits: ServerLimits = {
  headerBytes: 16_384,
  headers: 100,
  headersMs: 10_000,
  requestMs: 600_000,
  keepAliveMs: 65_000,
  idleMs: 120_000,
  connections: 10_000,
  connectionsPerAddress: 200,
  checkEveryMs: 2_000,
}

/** Starts listening. Throws an Error with a sentence for the operator when the port cannot be had. */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const limits = { ...defaultLimits, ...options.limits }
  const trusted = addressSet(options.trustProxy)
  const answer = getRequestListener(
    (request, env) => {
      const { incoming, outgoing } = env as HttpBindings
      if (incoming.method !== 'GET') rememberExchange(request, { incoming, outgoing })
      return options.fetch(request, { incoming, outgoing, client: clientOf(incoming, trusted) })
    },
    { errorHandler: (error) => failed(error, options.log) },
  )
  let closing = false
  const server: Server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      shouldUpgradeCallback: (request) =>
        options.onUpgrade !== undefined && request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    (incoming, outgoing) => {
      if (closing) outgoing.setHeader('connection', 'close')
      outgoing.once('close', () => closing && setImmediate(() => server.closeIdleConnections()))
      if (incoming.rawHeaders.length > limits.headers * 2) return refuseHeaders(outgoing)
      void answer(incoming, outgoing)
    },
  )
  // Every header within the byte limit is kept: Node would drop those beyond its count without a word.
  server.maxHeadersCount = 0
  server.maxConnections = limits.connections
  server.setTimeout(limits.idleMs, (socket) => socket.destroy())
  server.on('clientError', refuseBroken)
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy())
    incoming.socket.setTimeout(0)
    options.onUpgrade?.(incoming, socket, head, clientOf(incoming, trusted))
  })
  const connections = watchConnections(server, limits.connectionsPerAddress, trusted)
  await listen(server, options)
  return {
    port: (server.address() as AddressInfo).port,
    connections: connections.count,
    close: (deadlineMs = 10_000) => {
      closing = true
      return drain(server, connections, deadlineMs)
    },
  }
}

const listen = async (server: Server, options: HttpServerOptions): Promise<void> => {
  try {
    await listenOn(server, options)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const noIpv6 = code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL'
    if (options.bind === '::' && noIpv6) return listen(server, { ...options, bind: '0.0.0.0' })
    const reasons: Record<string, string> = {
      EADDRINUSE: 'another program listens there already',
      EACCES: 'this user may not listen there',
      EADDRNOTAVAIL: 'this machine has no such address',
    }
    const reason = reasons[code] ?? code
    throw new Error(`Cannot listen on port ${options.port} of ${options.bind}: ${reason}.`, { cause: error })
  }
}

const listenOn = (server: Server, { port, bind: host, shared }: HttpServerOptions): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  // Handed over by another process instead, a connection would hang where its new owner dies at that moment.
  const reusePort = shared === true && process.platform === 'linux'
  server.listen({ port, host, backlog: 1024, reusePort }, () => {
    server.off('error', reject)
    resolve()
  })
  return promise
}

const drain = async (server: Server, connections: Connections, deadlineMs: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => connections.destroyAll(), deadlineMs)
  await promise
  clearTimeout(timer)
}

const failed = (error: unknown, log: Log): Response => {
  if (error instanceof RequestError) return new Response('Bad request\n', { status: 400 })
  log.error('A request handler failed.', { error })
  return new Response('Internal error\n', { status: 500 })
}

const refuseHeaders = (outgoing: ServerResponse): void => {
  outgoing.writeHead(431, { connection: 'close', 'content-type': 'text/plain' }).end('Too many headers\n')
}

const refuseBroken = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }
  const status = statuses[error.code ?? ''] ?? 400
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

// Streams over a WebSocket: many in one connection, opened and left by messages of the client.
import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Client } from '../../../platform/http-server.ts'
import { admit } from './admit.ts'
import type { Admitted } from './admit.ts'
import type { Desk } from './desk.ts'
import { MOST_WAITING_BYTES } from './outlet.ts'
import type { Outlet } from './outlet.ts'
import { readRequests } from './socket-requests.ts'
import { StreamRefusal } from './streams.ts'

export type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer, client: Client) => void

const LONGEST_MESSAGE = 8192
const UNSUPPORTED_DATA = 1003
const GOING_AWAY = 1001
const POLICY_VIOLATION = 1008
/** How long a client may take to answer that the connection ends. */
const FAREWELL_MS = 500

/** Takes over sockets at /api/v1/streaming; others get 404. */
export function createUpgrade(desk: Desk): Upgrade {
  const wire = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE,
    // The token stands there: browsers drop the socket unless it is echoed.
    handleProtocols: (protocols) => protocols.values().next().value ?? false,
  })
  return (incoming, socket, head, client) => {
    takeOver(desk, wire, { incoming, socket, head }, client).catch((error: unknown) =>
      refuse(desk, socket, error),
    )
  }
}

interface Asking {
  incoming: IncomingMessage
  socket: Duplex
  head: Buffer
}

async function takeOver(desk: Desk, wire: WebSocketServer, asking: Asking, client: Client): Promise<void> {
  const { incoming, socket, head } = asking
  const { admitted, url } = await accept(desk, incoming, client)
  if (socket.destroyed) return
  wire.handleUpgrade(incoming, socket, head, (opened) => open(desk, opened, admitted, url))
}

async function accept(
  desk: Desk,
  incoming: IncomingMessage,
  client: Client,
): Promise<{ admitted: Admitted; url: URL }> {
  if (desk.stopping()) throw new StreamRefusal(503, 'The server is about to restart')
  const target = incoming.url ?? '/'
  const url = URL.canParse(target, 'http://here') ? new URL(target, 'http://here') : undefined
  if (!url || !/^\/api\/v1\/streaming\/?$/.test(url.pathname)) throw new StreamRefusal(404, 'Not found')
  const admitted = await admit(desk.api, desk.register, tokenOf(incoming, url), client.key)
  return { admitted, url }
}

function tokenOf(incoming: IncomingMessage, url: URL): string | undefined {
  const bearer = /^bearer\s+(\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1]
  const protocol = incoming.headers['sec-websocket-protocol']?.split(',')[0]?.trim()
  return bearer ?? url.searchParams.get('access_token') ?? (protocol === '' ? undefined : protocol)
}

function refuse(desk: Desk, socket: Duplex, error: unknown): void {
  const known = error instanceof StreamRefusal
  if (!known) desk.api.log.error({ error }, 'a WebSocket could not be opened')
  const status = known ? error.status : 500
  const text = known ? error.message : 'Something went wrong on our side; it has been logged'
  const body = JSON.stringify({ error: text })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nX-Error-Message: ${text}\r\n` +
      `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

function createOutlet(opened: WebSocket, { reader }: Admitted): Outlet {
  let answered = true
  opened.on('pong', () => (answered = true))
  return {
    reader,
    send(message, label) {
      if (opened.readyState !== opened.OPEN) return
      if (opened.bufferedAmount > MOST_WAITING_BYTES) opened.terminate()
      else opened.send(message.socket(label), { binary: false })
    },
    beat() {
      if (!answered) return opened.terminate()
      answered = false
      opened.ping()
    },
    end(reason) {
      opened.close(reason === 'stopping' ? GOING_AWAY : POLICY_VIOLATION, reason)
      setTimeout(() => opened.terminate(), FAREWELL_MS).unref()
    },
  }
}

function open(desk: Desk, opened: WebSocket, admitted: Admitted, url: URL): void {
  const { register } = desk
  opened.on('error', () => opened.terminate())
  // Others may have been let in, or the server told to stop, while this one was looked up.
  if (desk.stopping() || !register.hasRoom(admitted.reader)) return opened.close(GOING_AWAY)
  const outlet = createOutlet(opened, admitted)
  const requests = readRequests(desk, outlet, admitted.caller, (text) => opened.send(text))
  const stopBeating = desk.socketBeats.add(outlet)
  register.add(outlet)
  opened.on('message', (data, isBinary) => {
    if (isBinary) opened.close(UNSUPPORTED_DATA, 'Only text messages are understood')
    else if (!requests.take((data as Buffer).toString())) opened.close(POLICY_VIOLATION, 'Too many requests')
  })
  opened.once('close', () => {
    requests.leaveAll()
    stopBeating()
    register.remove(outlet)
  })
  const first = url.searchParams.get('stream')
  if (first !== null)
    requests.subscribe({
      name: first,
      tag: url.searchParams.get('tag') ?? undefined,
      list: url.searchParams.get('list') ?? undefined,
      onlyMedia: ['1', 'true'].includes(url.searchParams.get('only_media') ?? ''),
    })
}

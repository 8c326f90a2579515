// Another server, listening on a real socket: it keeps what it is sent and answers as told.
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Delivered {
  path: string
  /** Name, value, name, value ... as they came. */
  rawHeaders: string[]
  headers: IncomingMessage['headers']
  body: Buffer
  json: Record<string, unknown>
}

export interface Reply {
  status: number
  headers?: Record<string, string>
}

export interface Peer {
  origin: string
  /** The host with its port. */
  host: string
  received: Delivered[]
  /** How it answers; 202 at first. */
  answer: (delivered: Delivered) => Reply | Promise<Reply>
  /** The most requests that were under way at once. */
  mostAtOnce: number
  close(): Promise<void>
}

export async function startPeer(): Promise<Peer> {
  let atOnce = 0
  const server = createServer((request, response) => void take(request, response))
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    atOnce += 1
    peer.mostAtOnce = Math.max(peer.mostAtOnce, atOnce)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const delivered: Delivered = {
      path: request.url ?? '',
      rawHeaders: request.rawHeaders,
      headers: request.headers,
      body,
      json: JSON.parse(body.toString('utf8')) as Record<string, unknown>,
    }
    peer.received.push(delivered)
    const { status, headers = {} } = await peer.answer(delivered)
    atOnce -= 1
    response.writeHead(status, headers).end()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const peer: Peer = {
    origin: `http://${host}`,
    host,
    received: [],
    answer: () => ({ status: 202 }),
    mostAtOnce: 0,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

// What stands before a server on the internet: takes https for one name and passes it on, as Caddy or nginx do.
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificates.ts'

export interface TlsFront {
  port: number
  /** Requests that came, in order. */
  asked: { method: string; path: string; headers: IncomingHttpHeaders }[]
  close(): Promise<void>
}

/** Listens on a free port of this machine; what comes goes to the server on `port` there. */
export async function openTlsFront({ cert, key }: Certificate, port: number): Promise<TlsFront> {
  const asked: TlsFront['asked'] = []
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming
    asked.push({ method, path, headers })
    const forwarded = {
      ...headers,
      'x-forwarded-for': incoming.socket.remoteAddress ?? '',
      'x-forwarded-proto': 'https',
    }
    const passed = request({ host: '127.0.0.1', port, method, path, headers: forwarded }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

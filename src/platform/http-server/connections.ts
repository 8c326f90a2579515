// Bounds how many connections one address may hold, and ends what is left when the server stops.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { addressKey } from '../addresses.ts'
import type { AddressSet } from '../addresses.ts'

/** Watches a server's sockets. */
export interface Connections {
  /** Ends every socket at once, upgraded ones too. */
  destroyAll: () => void
  /** Number of open sockets. */
  count: () => number
}

/** Refuses sockets beyond `perAddress` from one address or IPv6 /64 network; trusted proxies speak for many and are exempt. */
export const watchConnections = (server: Server, perAddress: number, trusted: AddressSet): Connections => {
  const open = new Set<Socket>()
  const counts = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    const address = socket.remoteAddress ?? ''
    if (trusted.has(address)) return
    const key = addressKey(address)
    const held = (counts.get(key) ?? 0) + 1
    counts.set(key, held)
    socket.once('close', () => {
      const left = (counts.get(key) ?? 1) - 1
      if (left > 0) counts.set(key, left)
      else counts.delete(key)
    })
    if (held > perAddress) socket.destroy()
  })
  return {
    destroyAll: () => {
      for (const socket of open) socket.destroy()
    },
    count: () => open.size,
  }
}

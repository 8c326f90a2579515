// Works out who is calling, believing forwarding headers only from proxies the operator named.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { addressKey, plainAddress } from '../addresses.ts'
import type { AddressSet } from '../addresses.ts'

/** Who is calling, and how. */
export interface Client {
  /** IP address without zone or IPv4-mapping. */
  address: string
  /** What to count requests by: an IPv4 address or an IPv6 /64 network. */
  key: string
  protocol: 'http' | 'https'
  /** The host the caller asked for, lower-case, as sent; empty when none was. */
  host: string
}

const maxHops = 32

/**
 * Who is calling. X-Forwarded-For is walked from the right, where trusted proxies write, and ends at the first address
 * that is none of them; what stands left of it was written by strangers. `Forwarded` and `X-Real-IP` are ignored.
 */
export const clientOf = (incoming: IncomingMessage, trusted: AddressSet): Client => {
  const peer = plainAddress(incoming.socket.remoteAddress ?? '')
  const believed = trusted.has(peer)
  const address = believed ? originOf(incoming, peer, trusted) : peer
  const protocol = believed ? lastOf(incoming, 'x-forwarded-proto')?.toLowerCase() : undefined
  const host = (believed ? lastOf(incoming, 'x-forwarded-host') : undefined) ?? incoming.headers.host ?? ''
  return {
    address,
    key: addressKey(address),
    protocol: protocol === 'https' ? 'https' : 'http',
    host: host.toLowerCase(),
  }
}

const originOf = (incoming: IncomingMessage, peer: string, trusted: AddressSet): string => {
  const hops = valuesOf(incoming, 'x-forwarded-for').slice(-maxHops)
  let nearest = peer
  for (const hop of hops.toReversed()) {
    const address = withoutPort(hop)
    if (address === undefined) return nearest
    nearest = address
    if (!trusted.has(address)) return nearest
  }
  return nearest
}

const withoutPort = (text: string): string | undefined => {
  const bare =
    /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
  const address = plainAddress(bare)
  return isIP(address) === 0 ? undefined : address
}

const lastOf = (incoming: IncomingMessage, name: string): string | undefined =>
  valuesOf(incoming, name).at(-1)

const valuesOf = (incoming: IncomingMessage, name: string): string[] => {
  const value = incoming.headers[name]
  if (value === undefined) return []
  return String(value)
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

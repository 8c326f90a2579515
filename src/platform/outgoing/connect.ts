// Opens sockets to addresses that passed the allow rule: the address that was checked is the one that is dialled.
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { createSecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { Refusal } from '../../model/refusal.ts'
import type { AddressSet } from '../addresses.ts'
import { isLocalName } from './check-url.ts'
import { isPublicAddress } from './public-address.ts'
import { resolved } from './resolve.ts'
import type { Lookup, ResolvedAddress } from './resolve.ts'

/** Names dialled at a fixed address and port in place of DNS, so that tests can use real-looking names. */
export type FixedHosts = Readonly<Record<string, { address: string; port?: number }>>

/** What a connector needs to know. */
export interface ConnectOptions {
  allowPrivate: AddressSet
  lookup: Lookup
  hosts: FixedHosts
  /** A certificate authority to believe besides the public ones (for tests and private networks). */
  ca?: string
  /** Ends name lookups that are still going on when the server stops. */
  closed: AbortSignal
}

type Rule = (host: string, address: string) => boolean

/**
 * A connector for undici. https goes to public or permitted addresses, http only to permitted ones; local names only
 * to permitted ones. Fails with Refusal `forbidden` otherwise.
 */
export const checkedConnector = (options: ConnectOptions): buildConnector.connector => {
  const rules: Record<string, Rule> = {
    'http:': (_host, address) => options.allowPrivate.has(address),
    'https:': (host, address) =>
      options.allowPrivate.has(address) || (isPublicAddress(address) && !isLocalName(host)),
  }
  const connectors = Object.fromEntries(
    Object.entries(rules).map(([protocol, rule]) => [protocol, connectorWith(options, rule)]),
  )
  return (target, callback) => {
    const rule = rules[target.protocol]
    const connect = connectors[target.protocol]
    if (!rule || !connect) return callback(forbidden(), null)
    if (isIP(target.hostname) !== 0 && !rule(target.hostname, target.hostname)) {
      return callback(forbidden(), null)
    }
    const port = options.hosts[target.hostname]?.port
    connect(port === undefined ? target : { ...target, port: String(port) }, (...result) => {
      const socket = result[1]
      if (socket && !rule(target.hostname, socket.remoteAddress ?? '')) {
        socket.destroy()
        return callback(forbidden(), null)
      }
      callback(...result)
    })
  }
}

const connectorWith = (options: ConnectOptions, rule: Rule): buildConnector.connector =>
  buildConnector({
    lookup: checkedLookup(options, rule),
    timeout: 8_000,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1_000,
    maxCachedSessions: 500,
    // One for all connections: making it anew for each costs as much as a signature.
    secureContext: createSecureContext({
      minVersion: 'TLSv1.2',
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    }),
  })

/** The lookup the socket itself uses: it hears of permitted addresses only. */
const checkedLookup = (options: ConnectOptions, rule: Rule): LookupFunction => {
  const permittedOf = async (host: string): Promise<ResolvedAddress[]> => {
    const addresses = await untilClosed(addressesOf(host, options), options.closed)
    return addresses.filter(({ address }) => rule(host, address)).slice(0, 6)
  }
  return (host, { all }, callback) => {
    const answer = (error: Error | null, found: ResolvedAddress[]): void => {
      if (error || all) return callback(error, found)
      callback(null, found[0]?.address ?? '', found[0]?.family)
    }
    permittedOf(host).then(
      (permitted) => answer(permitted.length > 0 ? null : forbidden(), permitted),
      (error: Error) => answer(error, []),
    )
  }
}

const addressesOf = async (host: string, options: ConnectOptions): Promise<ResolvedAddress[]> => {
  const fixed = options.hosts[host]
  if (fixed) return [resolved(fixed.address)]
  if (isLocalName(host) && options.allowPrivate.empty) throw forbidden()
  if (host === 'localhost' || host.endsWith('.localhost')) return [resolved('127.0.0.1'), resolved('::1')]
  const addresses = await options.lookup(host)
  if (addresses.length === 0) throw new Error(`${host} has no address`)
  return addresses.filter(({ address }) => isIP(address) !== 0)
}

/** The work's result; fails at once when `closed` aborts, so that stopping waits for no name server. */
const untilClosed = <T>(work: Promise<T>, closed: AbortSignal): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const stop = (): void => reject(new Error('The server is stopping.'))
  if (closed.aborted) stop()
  closed.addEventListener('abort', stop, { once: true })
  work.then(resolve, reject).finally(() => closed.removeEventListener('abort', stop))
  return promise
}

const forbidden = (): Refusal => new Refusal('forbidden', 'That address is not on the public internet.')

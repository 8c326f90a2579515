// Turns a host name into addresses without ever blocking the threads that files and passwords need.
import { lookup as systemLookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

/** One address of a host. */
export interface ResolvedAddress {
  address: string
  family: 4 | 6
}

/** Finds the addresses of a host name; throws when there are none. */
export type Lookup = (host: string) => Promise<ResolvedAddress[]>

/**
 * A lookup over DNS. The system's own resolver (which reads the hosts file, but blocks one of a few threads) is asked
 * as well only when `alsoSystem` is set, which it is for operators who permit private addresses.
 */
export const dnsLookup = (alsoSystem: boolean): { lookup: Lookup; close: () => void } => {
  const resolver = new Resolver({ timeout: 2_500, tries: 2 })
  const lookup: Lookup = async (host) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = [...addressesIn(four), ...addressesIn(six)]
    if (found.length > 0) return found
    if (alsoSystem) return (await systemLookup(host, { all: true })).map(({ address }) => resolved(address))
    throw four.status === 'rejected' ? four.reason : new Error(`${host} has no address`)
  }
  return { lookup, close: () => resolver.cancel() }
}

/** An address with its family. */
export const resolved = (address: string): ResolvedAddress => ({
  address,
  family: isIP(address) === 6 ? 6 : 4,
})

const addressesIn = (answer: PromiseSettledResult<string[]>): ResolvedAddress[] =>
  answer.status === 'fulfilled' ? answer.value.slice(0, 4).map(resolved) : []

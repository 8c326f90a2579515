// IP addresses and ranges: parsing what an operator writes and asking whether an address lies inside it.
import { BlockList, isIP } from 'node:net'

/** One written address or CIDR range, e.g. `10.0.0.0/8` or `::1` (then `prefix` is 32 or 128). */
export interface AddressRange {
  address: string
  prefix: number
  family: 'ipv4' | 'ipv6'
}

/** A set of address ranges that can be asked about single addresses. */
export interface AddressSet {
  empty: boolean
  /** True when the address (IPv4-mapped IPv6 counts as the IPv4 address it carries) lies in a range of the set. */
  has: (address: string) => boolean
}

/** Reads `ADDRESS` or `ADDRESS/PREFIX`; undefined when it is neither, so that a caller can say what to write instead. */
export const parseRange = (text: string): AddressRange | undefined => {
  const match = /^\[?([0-9a-fA-F:.]+)\]?(?:\/(\d{1,3}))?$/.exec(text.trim())
  const address = match?.[1]
  if (!match || !address) return undefined
  const version = isIP(address)
  if (version === 0) return undefined
  const bits = version === 4 ? 32 : 128
  const prefix = match[2] === undefined ? bits : Number(match[2])
  if (prefix > bits) return undefined
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** Builds a set from written ranges; throws a TypeError for a text that is not a range (config checks them first). */
export const addressSet = (ranges: readonly string[]): AddressSet => {
  const list = new BlockList()
  for (const text of ranges) {
    const range = parseRange(text)
    if (!range) throw new TypeError(`"${text}" is neither an IP address nor a CIDR range.`)
    list.addSubnet(range.address, range.prefix, range.family)
  }
  return {
    empty: ranges.length === 0,
    has: (address) => {
      const plain = plainAddress(address)
      const version = isIP(plain)
      return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

/** Strips what sockets add to an address: brackets, a zone (`%eth0`) and the IPv4-mapped prefix `::ffff:`. */
export const plainAddress = (address: string): string => {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare)
  return mapped?.[1] ?? bare
}

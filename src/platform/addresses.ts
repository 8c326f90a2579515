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
      if (ranges.length === 0) return false
      const plain = plainAddress(address)
      const version = isIP(plain)
      return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

/** Strips what sockets add to an address: brackets, a zone (`%eth0`) and the IPv4-mapped prefix `::ffff:`. */
export const plainAddress = (address: string): string => {
  if (isIP(address) === 4) return address
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare)
  if (mapped?.[1]) return mapped[1]
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(bare)
  if (!hex) return bare
  const bits = [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16)]
  return bits.flatMap((pair) => [pair >> 8, pair & 255]).join('.')
}

/**
 * What an address counts as when requests are limited: an IPv4 address is itself, an IPv6 address its /64 network
 * (`2001:db8:1:2::/64`), because one customer holds all addresses of such a network.
 */
export const addressKey = (address: string): string => {
  const plain = plainAddress(address)
  if (isIP(plain) !== 6) return plain
  const groups = groupsOf(plain)
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, hexadecimal without leading zeros. */
const groupsOf = (address: string): string[] => {
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = short.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
}

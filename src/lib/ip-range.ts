// Ranges of IP addresses as moderators write them, and whether an address lies in one.
import { BlockList, isIP } from 'node:net'

export interface IpRange {
  address: string
  prefix: number
  family: 'ipv4' | 'ipv6'
}

/** Reads `ADDRESS` or `ADDRESS/PREFIX`; undefined for anything else. */
export function readIpRange(text: string): IpRange | undefined {
  const match = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text.trim())
  const version = isIP(match?.[1] ?? '')
  if (!match?.[1] || version === 0) return undefined
  const bits = version === 4 ? 32 : 128
  const prefix = match[2] === undefined ? bits : Number(match[2])
  if (prefix > bits) return undefined
  return { address: match[1].toLowerCase(), prefix, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** The canonical text: always with a prefix, the address being the first of its network. */
export function writeIpRange({ address, prefix, family }: IpRange): string {
  if (family === 'ipv4') {
    const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
    const size = 2 ** (32 - prefix)
    const first = Math.floor(number / size) * size
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${prefix}`
  }
  return `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${prefix}`
}

/** A list that is asked about single addresses (or networks, by their first address: `2001:db8::/64`). */
export function ipMatcher(ranges: readonly IpRange[]): (address: string) => boolean {
  // Asked at every request, and most servers shut nobody out.
  if (ranges.length === 0) return () => false
  const list = new BlockList()
  for (const { address, prefix, family } of ranges) list.addSubnet(address, prefix, family)
  return (address) => {
    const plain = address.split('/', 1)[0] ?? ''
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}

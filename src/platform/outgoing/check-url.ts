// Decides from a URL alone, before any name is looked up, whether it may be called at all.
import { isIP } from 'node:net'
import { Refusal } from '../../model/refusal.ts'

const maxLength = 4096

/** Ports of other protocols above 1023, where an HTTP request could be understood as something else (WHATWG's list). */
const foreignPorts = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 10_080, 11_211,
])

const localNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa)$/

/**
 * Parses a URL for calling: http or https, without a user name, on port 80, 443 or one above 1023 that belongs to no
 * other protocol. (That http needs a permitted private address is checked when the address is known.)
 * Throws Refusal `invalid` or `forbidden`.
 */
export const checkUrl = (text: string, base?: string): URL => {
  if (text.length > maxLength) throw new Refusal('invalid', 'That address is too long.')
  const url = URL.parse(text, base)
  if (!url) throw new Refusal('invalid', 'That is not a web address.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Refusal('forbidden', 'Only https addresses can be fetched.')
  }
  if (url.username || url.password)
    throw new Refusal('forbidden', 'Addresses with a user name are not fetched.')
  if (!url.hostname || url.hostname.endsWith('.') || url.hostname.length > 253) {
    throw new Refusal('invalid', 'That address names no server.')
  }
  if (!portAllowed(url)) throw new Refusal('forbidden', 'That port is not one for web servers.')
  return url
}

/** A host's bare name or address, as the resolver and the socket want it (without the brackets of IPv6). */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** True for names that mean something only inside a machine or a private network. */
export const isLocalName = (host: string): boolean =>
  isIP(host) === 0 && (!host.includes('.') || localNames.test(host))

const portAllowed = (url: URL): boolean => {
  if (url.port === '') return true
  const port = Number(url.port)
  return port === 80 || port === 443 || (port > 1023 && !foreignPorts.has(port))
}

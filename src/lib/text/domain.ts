// One spelling for every domain, so that two spellings never pass for two servers, nor one for another.
import { domainToASCII } from 'node:url'

/** Longest domain name in DNS, in ASCII characters. */
export const MAX_DOMAIN = 253
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/

/**
 * The canonical form of a bare domain: lower case, punycode, no trailing dot, full-width and ideographic dots and letters
 * folded, soft hyphens and other invisible characters gone. Undefined for anything that is not one domain name: IP addresses,
 * ports, user names, paths, empty or overlong labels. `localhost` and other single labels pass.
 */
export function normalizeDomain(input: string): string | undefined {
  if (input.length > MAX_DOMAIN * 4) return undefined
  const folded = input
    .trim()
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(/[\u3002\uff0e\uff61]/g, '.')
  if (folded === '' || /[^\p{L}\p{M}\p{N}._\u00b7\u0375\u05f3\u05f4\u30fb-]/u.test(folded)) return undefined
  const ascii = domainToASCII(folded.replace(/\.$/, '')).toLowerCase()
  if (ascii === '' || ascii.length > MAX_DOMAIN) return undefined
  const labels = ascii.split('.')
  if (!labels.every((label) => LABEL.test(label))) return undefined
  // A last label of digits (or hex) makes the whole an IPv4 address for every URL parser.
  return /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? undefined : ascii
}

const PORT = /^(.*):([1-9]\d{0,4})$/s
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/

/**
 * The canonical form of where an account lives: a domain, or for servers on a port of their own (tests, private networks)
 * `domain:port` or `IPv4:port`. The web's own ports are left out, as in an origin. Undefined for everything else.
 */
export function normalizeAuthority(input: string): string | undefined {
  const match = PORT.exec(input.trim())
  if (!match) return normalizeDomain(input)
  const [, host = '', port = ''] = match
  if (Number(port) > 65_535) return undefined
  const name = IPV4.test(host) ? host : normalizeDomain(host)
  if (name === undefined) return undefined
  return port === '443' || port === '80' ? normalizeDomain(host) : `${name}:${port}`
}

/** Whether `domain` is `parent` or lies below it (`a.b.example` within `example`, never `notexample`). Both canonical. */
export function isDomainWithin(domain: string, parent: string): boolean {
  return parent !== '' && (domain === parent || domain.endsWith(`.${parent}`))
}

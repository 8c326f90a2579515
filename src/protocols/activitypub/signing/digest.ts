// Body digests in both spellings that federation uses: the old Digest header and RFC 9530 Content-Digest.
import { hash, timingSafeEqual } from 'node:crypto'
import { decodeBase64 } from './base64.ts'

const MAX_HEADER = 4096
const OLD_MEMBER = /^([A-Za-z0-9-]{1,32})=([A-Za-z0-9+/=]{1,512})$/
const NEW_MEMBER = /^([a-z0-9-]{1,32})=:([A-Za-z0-9+/=]{1,512}):$/

/** Value of a `Digest` header (RFC 3230) for a body. */
export function createDigest(body: Uint8Array): string {
  return `SHA-256=${hash('sha256', body, 'base64')}`
}

/** Value of a `Content-Digest` header (RFC 9530) for a body. */
export function createContentDigest(body: Uint8Array): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`
}

/**
 * Whether a `Digest` header names at least one of SHA-256 and SHA-512 and every one it names fits the body.
 * Other algorithms prove nothing and are passed over; a repeated algorithm makes the header worthless.
 */
export function digestMatches(header: string, body: Uint8Array): boolean {
  return matches(header, body, OLD_MEMBER)
}

/** The same for an RFC 9530 `Content-Digest` header. */
export function contentDigestMatches(header: string, body: Uint8Array): boolean {
  return matches(header, body, NEW_MEMBER)
}

function matches(header: string, body: Uint8Array, member: RegExp): boolean {
  if (header.length > MAX_HEADER) return false
  const seen = new Set<string>()
  let proven = false
  for (const part of header.split(',')) {
    const [, name, encoded] = member.exec(part.trim()) ?? []
    if (!name || !encoded) return false
    const algorithm = name.toLowerCase()
    if (seen.has(algorithm)) return false
    seen.add(algorithm)
    if (algorithm !== 'sha-256' && algorithm !== 'sha-512') continue
    if (!sameBytes(decodeBase64(encoded), hash(algorithm.replace('-', ''), body, 'buffer'))) return false
    proven = true
  }
  return proven
}

function sameBytes(claimed: Buffer | undefined, actual: Buffer): boolean {
  return claimed?.length === actual.length && timingSafeEqual(claimed, actual)
}

// Random secrets, and the hashes under which they are kept.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A URL-safe random secret of 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hex: enough for random secrets (passwords use argon2id). */
export function hashSecret(secret: string): string {
  return hash('sha256', secret)
}

/** Compares a secret with a kept hash in constant time. */
export function matchesSecret(secret: string, keptHash: string): boolean {
  const given = Buffer.from(hashSecret(secret))
  const kept = Buffer.from(keptHash)
  return given.length === kept.length && timingSafeEqual(given, kept)
}

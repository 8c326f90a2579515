// The form in which a mail address is remembered without being kept: what providers ignore is taken out, then hashed.
import { createHash } from 'node:crypto'

/** Dots and everything after a plus sign reach the same mailbox with many providers. */
export function canonicalEmail(email: string): string {
  const [name = '', domain = ''] = email.trim().toLowerCase().split('@', 2)
  return `${(name.split('+', 1)[0] ?? '').replaceAll('.', '')}@${domain}`
}

/** SHA-256, hexadecimal. */
export function canonicalHash(email: string): string {
  return createHash('sha256').update(canonicalEmail(email)).digest('hex')
}

// One-time codes of authenticator apps (RFC 6238) and the recovery codes for those who lost theirs.
import { randomBytes } from 'node:crypto'
import { hashSecret } from '../../lib/secret.ts'

const STEP_SECONDS = 30
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
export const RECOVERY_CODES = 10

export interface TotpSecret {
  /** Base32, for typing. */
  secret: string
  /** otpauth:// for a QR code. */
  uri: string
}

/** A fresh secret of 160 bits. */
export async function newTotpSecret(): Promise<string> {
  const { Secret } = await import('otpauth')
  return new Secret({ size: 20 }).base32
}

/** What an authenticator app reads. */
export async function totpUri(secret: string, issuer: string, label: string): Promise<string> {
  return (await totp(secret, issuer, label)).toString()
}

/** Which step of the clock the code belongs to (now, or one step away), undefined for a wrong one. */
export async function stepOf(secret: string, code: string, now: number): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = (await totp(secret)).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / 1000 / STEP_SECONDS) + delta
}

async function totp(secret: string, issuer = '', label = '') {
  const { Secret, TOTP } = await import('otpauth')
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  })
}

/** Ten codes of 80 bits, in groups that can be read aloud. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31]).join('')
    return letters.match(/.{4}/g)?.join('-') ?? letters
  })
}

/** The form in which a recovery code is kept; undefined for what is none. */
export function recoveryHash(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[\s-]/g, '')
  return /^[a-z2-9]{16}$/.test(letters) ? hashSecret(`recovery:${letters}`) : undefined
}

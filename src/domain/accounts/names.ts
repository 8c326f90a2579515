// What local accounts may be called, and which e-mail addresses are well-formed.
import { normalizeDomain } from '../../lib/text/domain.ts'
import { Refusal } from '../../model/refusal.ts'

/** Names that could pass for the server's own staff or machinery. */
const RESERVED = new Set(
  (
    'about abuse account accounts actor admin administrator api app apps auth autoconfig autodiscover contact help ' +
    'hostmaster inbox info instance login logout mail mailer-daemon me mod moderator nobody noreply no-reply oauth ' +
    'official owner postmaster privacy relay root rules security server settings signin signup sso staff status ' +
    'support system team terms user users webmaster www'
  ).split(' '),
)

export const MAX_NAME = 30

export function isReserved(name: string): boolean {
  return RESERVED.has(name.trim().replace(/^@/, '').toLowerCase())
}

/** Returns the name to keep; refuses what is malformed or reserved. */
export function checkUsername(name: string, allowReserved = false): string {
  const username = name.trim().replace(/^@/, '')
  if (!/^\w+$/.test(username))
    throw new Refusal('invalid', 'A username has only letters without accents, digits and underscores')
  if (username.length > MAX_NAME)
    throw new Refusal('invalid', `A username has at most ${MAX_NAME} characters`)
  if (!allowReserved && isReserved(username)) throw new Refusal('invalid', `The name ${username} is reserved`)
  return username
}

/** The unquoted local part of RFC 5321, in ASCII: whatever looks like an address but is none is not taken for one. */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

/**
 * Returns the address to keep, its domain in one spelling (lower case, punycode). One plain address only: no lists, no
 * names, no control characters, no quoted local parts, no letters that merely look like others.
 */
export function checkEmail(text: string): string {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const host = text.slice(at + 1)
  const domain = /[\s\p{Cc}\p{Cf}]/u.test(host) ? undefined : normalizeDomain(host)
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local) || !domain?.includes('.') || host.endsWith('.'))
    throw new Refusal('invalid', 'The e-mail address is not well-formed')
  const email = `${local}@${domain}`
  if (email.length > 254) throw new Refusal('invalid', 'The e-mail address is too long')
  return email
}

// What local accounts may be called, and which e-mail addresses are well-formed.
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

/** Returns the name to keep; refuses what is malformed or reserved. */
export function checkUsername(name: string, allowReserved = false): string {
  const username = name.trim().replace(/^@/, '')
  if (!/^\w+$/.test(username))
    throw new Refusal('invalid', 'A username has only letters without accents, digits and underscores')
  if (username.length > 30) throw new Refusal('invalid', 'A username has at most 30 characters')
  if (!allowReserved && RESERVED.has(username.toLowerCase()))
    throw new Refusal('invalid', `The name ${username} is reserved`)
  return username
}

/** Returns the trimmed address; one plain address only: no lists, no control characters, no quoted local parts. */
export function checkEmail(text: string): string {
  const email = text.trim()
  // oxlint-disable-next-line no-control-regex -- control characters are what must not get through
  const plain = email === text && email.length <= 254 && !/[\s\u0000-\u001f\u007f,;:"<>()[\]\\]/.test(email)
  if (!plain || !/^[^@]{1,64}@[^@]+\.[^@.]+$/.test(email))
    throw new Refusal('invalid', 'The e-mail address is not well-formed')
  return email
}

// Reads and checks the names of people: handles, usernames, display names.
import { normalizeAuthority } from './domain.ts'
import { cutGraphemes } from './count.ts'

export { isDomainWithin, normalizeAuthority, normalizeDomain } from './domain.ts'

export interface Handle {
  username: string
  /** Canonical; absent for a bare username. */
  domain?: string
}

/** Longest username of an account here, and of one elsewhere (characters). */
export const MAX_USERNAME = 30
export const MAX_REMOTE_USERNAME = 255
/** Longest handle anyone may send, in UTF-16 units. */
export const MAX_HANDLE = 2048

const LOCAL = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/i
const REMOTE = /^[\p{L}\p{M}\p{N}_~!$&'*+=%.-]+$/u
// Controls, direction marks, zero-width and filler characters, private-use and unassigned code points are no part of a name;
// variation selectors, ZWJ and emoji tags stay, because emoji and several scripts need them.
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]|(?!\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu
// More marks than any script stacks: they would paint over the lines around.
const MARK_PILE = /(\p{Mn}{4})\p{Mn}+/gu
// Joiners mean something inside emoji and Indic or Arabic writing; after these they only make two names look like one.
const IDLE_JOINER = /(?<=^|[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{N}\p{P}\s])(?:\u200c|\u200d)+/gu

/** Reads `user`, `@user`, `user@domain`, `@user@domain` and `acct:user@domain`; undefined for everything else. */
export function parseHandle(input: string): Handle | undefined {
  if (input.length > MAX_HANDLE) return undefined
  const bare = input
    .trim()
    .replace(/^acct:/i, '')
    .replace(/^@/, '')
  const at = bare.indexOf('@')
  if (at === -1) return isRemoteUsername(bare) ? { username: bare } : undefined
  const username = bare.slice(0, at)
  const domain = normalizeAuthority(bare.slice(at + 1))
  return domain !== undefined && isRemoteUsername(username) ? { username, domain } : undefined
}

/** `user@domain`, or `user` alone for an account here. */
export function formatHandle(handle: Handle): string {
  return handle.domain === undefined ? handle.username : `${handle.username}@${handle.domain}`
}

/** Whether someone may sign up under this name: Latin letters, digits and _, with . and - inside, at most 30. */
export function isLocalUsername(name: string): boolean {
  return name.length <= MAX_USERNAME && LOCAL.test(name)
}

/** Whether a name from elsewhere can be kept as it is: any script, no spaces, separators or invisible characters. */
export function isRemoteUsername(name: string): boolean {
  return name !== '' && name.length <= MAX_REMOTE_USERNAME && REMOTE.test(name)
}

/** A display name or username without hidden characters, white space folded, at most `max` grapheme clusters; '' when nothing can be seen. */
export function cleanName(text: string, max: number): string {
  const short = text
    .slice(0, max * 40)
    .toWellFormed()
    .replaceAll('\ufffd', '')
  const visible = short.replace(HIDDEN, (char) => (/\s/.test(char) ? ' ' : '')).replace(IDLE_JOINER, '')
  const marked = visible.replace(MARK_PILE, '$1').replace(/\s+/g, ' ').trim()
  const cut = cutGraphemes(marked, max)
    .slice(0, max * 20)
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(cut) ? cut : ''
}

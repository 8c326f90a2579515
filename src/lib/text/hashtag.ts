// What counts as a hashtag, and the one spelling under which it is stored and compared.

/** Longest hashtag, in code points. */
export const MAX_TAG_LENGTH = 100

const WORD = String.raw`\p{L}\p{M}\p{Nd}\p{Pc}`
const SEPARATOR = String.raw`_\u00b7\u30fb\u200c`
const RUN = new RegExp(`[${WORD}][${WORD}${SEPARATOR}]*`, 'uy')
const WORDS = new RegExp(`^[${WORD}]+`, 'u')
const TRAILING_SEPARATORS = /[\u00b7\u30fb\u200c]+$/
const INNER = new RegExp(
  String.raw`^[^][${WORD}${SEPARATOR}]*[\p{Alphabetic}${SEPARATOR}][${WORD}${SEPARATOR}]*[^]$`,
  'u',
)
const LETTER = /\p{Alphabetic}/u

/**
 * The hashtag name (without #) that begins at `at` in `text`, or undefined. Letters, marks, digits and connectors of every
 * script count, with middle dots and zero-width non-joiners between them; digits alone are no hashtag.
 */
export function hashtagAt(text: string, at: number): string | undefined {
  RUN.lastIndex = at
  const run = RUN.exec(text)?.[0].replace(TRAILING_SEPARATORS, '')
  if (run === undefined) return undefined
  if (INNER.test(run)) return run
  const words = WORDS.exec(run)?.[0]
  return words !== undefined && LETTER.test(words) ? words : undefined
}

/** The stored spelling of a hashtag (compatibility forms unified, lower case), or undefined when it is none or too long. */
export function normalizeTag(name: string): string | undefined {
  if (name.length > MAX_TAG_LENGTH * 4) return undefined
  const bare = name.normalize('NFKC').trim().replace(/^#/, '').toLowerCase()
  if (bare === '' || Array.from(bare).length > MAX_TAG_LENGTH) return undefined
  return hashtagAt(bare, 0) === bare ? bare : undefined
}

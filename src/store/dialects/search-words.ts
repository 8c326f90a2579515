// Cuts texts and search queries into the same words for both engines, whatever script they are written in.

/** Letters and digits of scripts that put spaces between words; letters of the others stand alone. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}])+/gu

const LONGEST_TEXT = 200_000
const MOST_WORDS = 15_000
const LONGEST_WORD = 64
const LONGEST_QUERY = 500
const MOST_PARTS = 16

/** The words of a text in order: lower case, without accents, at most 64 characters each. */
export function searchWords(text: string): string[] {
  const folded = text.slice(0, LONGEST_TEXT).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = folded.match(WORD) ?? []
  return words.slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD))
}

/** Words that must follow each other; `prefix` when the last one may go on, `without` when they must be absent. */
export interface SearchPart {
  words: string[]
  prefix: boolean
  without: boolean
}

/** Reads what a person typed: word, "a phrase", -without, beginn*. Whatever cannot be read is passed over. */
export function searchParts(query: string): SearchPart[] {
  const parts: SearchPart[] = []
  for (const match of query.slice(0, LONGEST_QUERY).matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
    const [, minus, phrase, word = ''] = match
    const words = searchWords(phrase ?? word)
    if (words.length === 0) continue
    const prefix = phrase === undefined && word.endsWith('*')
    parts.push({ words, prefix, without: minus === '-' })
    if (parts.length === MOST_PARTS) break
  }
  return parts
}

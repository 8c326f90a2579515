// Guesses while one writes which language it is, from its script and its smallest words; the server decides when it is published.

/** Words that nearly every sentence of a language has; what several languages share counts for each. */
const SMALL_WORDS: Record<string, string> = {
  en: 'the and is of to with that for was are this it you have not we my from in',
  de: 'der die und das ist nicht ich mit ein eine zu den auf für wir auch sich von in dem',
  fr: 'le la les des et est une dans pour que pas vous nous je avec sur de un en du',
  es: 'el la los y que por una las con para es está más pero muy de en un no se',
  it: 'il di che è per non una sono con della gli più ma questo la un le i in',
  pt: 'o a os que não uma para com é do da em mais eu você um de as se',
  nl: 'de het een en van ik niet dat met zijn voor op is in te we ook aan',
  sv: 'och att det som är jag inte på för en med av i den till har',
  da: 'og at det som er jeg ikke på til med af en i den har vi',
  no: 'og å det som er jeg ikke på til med av en i den har vi',
  pl: 'i w nie na się że jest to z do jak ale o po co',
}
const WORDS = Object.entries(SMALL_WORDS).map(([code, words]) => [code, new Set(words.split(' '))] as const)
const LEAST_HITS = 3
const LEAST_SHARE = 0.2
const LEAST_LETTERS = 6
const MAX_LENGTH = 2000

/** Scripts that one language has nearly for itself. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['uk', /[іїєґ]/giu],
  ['ru', /[ыэъё]/giu],
]
/** How much of a text such letters must be: some are signs of a language, not all of its letters. */
const SHARES: Record<string, number> = { ja: 0.15, uk: 0.03, ru: 0.02 }

function byScript(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters < LEAST_LETTERS) return undefined
  const shareOf = (pattern: RegExp): number => (text.match(pattern)?.length ?? 0) / letters
  return SCRIPTS.find(([code, pattern]) => shareOf(pattern) > (SHARES[code] ?? 0.5))?.[0]
}

function byWords(text: string): string | undefined {
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? []
  const [best, next] = WORDS.map(([code, small]) => ({
    code,
    hits: words.filter((word) => small.has(word)).length,
  })).toSorted((one, other) => other.hits - one.hits)
  if (!best || !next || best.hits < LEAST_HITS || best.hits / words.length < LEAST_SHARE) return undefined
  return best.hits >= next.hits * 1.4 ? best.code : undefined
}

/** Undefined where it is not plain: no guess is better than a wrong one. */
export function guessLanguage(text: string): string | undefined {
  const plain = text.slice(0, MAX_LENGTH).replace(/\b[a-z]{2,10}:\/\/\S+|[@#＃]\S+|:\w+:/giu, ' ')
  return byScript(plain) ?? byWords(plain)
}

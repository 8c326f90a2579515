// Tells which language a text is in, and makes sense of the language tags others send.
import type { eld as Eld } from 'eld'

/** Texts with fewer letters than this say nothing reliable about their language. */
const MIN_LETTERS = 12
const MAX_LETTERS = 2000

// Mistakes seen in the wild: country codes and old codes where a language code belongs.
const CORRECTIONS: Record<string, string> = {
  jp: 'ja',
  cn: 'zh',
  tw: 'zh',
  cz: 'cs',
  dk: 'da',
  ua: 'uk',
  gr: 'el',
}
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

let loading: Promise<typeof Eld> | undefined

/**
 * The ISO 639-1 code of the language `text` (plain, not HTML) is written in, or undefined when it is too short or unclear.
 * Links, mentions, hashtags and emoji shortcodes are not counted. The first call loads 1.6 MB of statistics.
 */
export async function detectLanguage(text: string): Promise<string | undefined> {
  const words = text
    .slice(0, MAX_LETTERS * 3)
    .replace(/\b[a-z]{2,10}:\/\/\S+|[@#＃][^\s]+|:[a-z0-9_]+:/giu, ' ')
    .slice(0, MAX_LETTERS)
  if (weigh(words) < MIN_LETTERS) return undefined
  const result = (await detector()).detect(words)
  return result.isReliable() ? normalizeLanguage(result.language) : undefined
}

/**
 * The ISO 639-1 or 639-3 code in a language tag, however it is written (`en_US`, `ENG`, `zh-Hant-TW`), or undefined when
 * there is none in it.
 */
export function normalizeLanguage(tag: unknown): string | undefined {
  if (typeof tag !== 'string' || tag.length > 64) return undefined
  const first = /^\s*([a-z]{2,3})(?![a-z0-9])/i.exec(tag)?.[1]?.toLowerCase()
  if (first === undefined) return undefined
  // Asking Intl takes 20 µs; all codes of three letters together are few.
  if (codes.has(first)) return codes.get(first)
  const code = codeOf(first)
  codes.set(first, code)
  return code
}

const codes = new Map<string, string | undefined>()

function codeOf(first: string): string | undefined {
  const code = Intl.getCanonicalLocales(CORRECTIONS[first] ?? first)[0]
  if (code === undefined || code === 'und' || !/^[a-z]{2,3}$/.test(code)) return undefined
  return names.of(code) === undefined || /^(?:mul|mis|zxx)$/.test(code) ? undefined : code
}

/** Letters, where an ideograph or syllable counts as three. */
function weigh(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const wide = text.match(/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/gu)?.length ?? 0
  return letters + wide * 2
}

async function detector(): Promise<typeof Eld> {
  loading ??= load()
  return loading
}

async function load(): Promise<typeof Eld> {
  const { eld } = await import('eld')
  if ('load' in eld) await eld.load('small')
  return eld
}

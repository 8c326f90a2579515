// What the pages of sign-in and account say, in the language of whoever reads: each English sentence is the key of the others.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context as HonoContext } from 'hono'
import { getCookie } from 'hono/cookie'
import { bestLanguage, partsOf } from '../../../lib/sentences.ts'
import type { Values } from '../../../lib/sentences.ts'
import { germanPages } from './german-pages.ts'
import { germanPatterns, germanRefusals } from './german-refusals.ts'
import { germanSecurity } from './german-security.ts'
import { germanShutOut } from './german-shut-out.ts'

const german = { ...germanPages, ...germanSecurity, ...germanShutOut }

/** A sentence that exists in every language. */
export type Sentence = keyof typeof german

export const PAGE_LANGUAGES = ['en', 'de'] as const
export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

/** A further language is one more line here; English needs none. */
export const TRANSLATIONS: Record<Exclude<PageLanguage, 'en'>, Record<Sentence, string>> = { de: german }
const REFUSALS: Record<Exclude<PageLanguage, 'en'>, Record<string, string>> = { de: germanRefusals }
const PATTERNS: Record<Exclude<PageLanguage, 'en'>, readonly [RegExp, string][]> = { de: germanPatterns }

// Pages are put together by many small functions, several requests at a time: each keeps its own language.
const reading = new AsyncLocalStorage<PageLanguage>()

export function pageLanguage(): PageLanguage {
  return reading.getStore() ?? 'en'
}

/** What was chosen in the settings of this browser. */
export function chosenLanguage(c: HonoContext): PageLanguage | undefined {
  const chosen = new URLSearchParams((getCookie(c, 'folkmoot_look') ?? '').slice(0, 500)).get('lang')
  return PAGE_LANGUAGES.find((language) => language === chosen)
}

/** What was chosen comes before what the browser asks for. */
export function languageFor(c: HonoContext): PageLanguage {
  return chosenLanguage(c) ?? bestLanguage(c.req.header('accept-language'), PAGE_LANGUAGES)
}

/** Everything that is said while `work` runs is in the language. */
export function readIn<T>(language: PageLanguage, work: () => Promise<T>): Promise<T> {
  return reading.run(language, work)
}

function inLanguage(sentence: Sentence): string {
  const language = pageLanguage()
  return language === 'en' ? sentence : TRANSLATIONS[language][sentence]
}

/** A sentence as text. */
export function say(sentence: Sentence, values?: Record<string, string | number>): string {
  const text = inLanguage(sentence)
  return values ? partsOf(pageLanguage(), text, values).join('') : text
}

/** A sentence with HTML in it, for the html tag, which escapes what is only text. */
export function sayHtml(sentence: Sentence, values: Values): unknown[] {
  return partsOf(pageLanguage(), inLanguage(sentence), values)
}

/** A refusal of the domain; one that is not known stays as it is. */
export function sayRefusal(text: string): string {
  const language = pageLanguage()
  if (language === 'en') return text
  const numbers = text.match(/\d+/g) ?? []
  const known = REFUSALS[language][text] ?? REFUSALS[language][text.replaceAll(/\d+/g, '#')]
  let next = 0
  if (known !== undefined) return known.replaceAll('#', () => numbers[next++] ?? '')
  const pattern = PATTERNS[language].find(([english]) => english.test(text))
  return pattern ? text.replace(pattern[0], pattern[1]) : text
}

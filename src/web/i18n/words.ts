// The messages of the current language: one catalogue, ICU plural rules, the same in the browser and on the server.
import MessageFormat from 'intl-messageformat'
import { enApp } from './en-app.ts'
import { enClient } from './en-client.ts'
import { enCompose } from './en-compose.ts'
import { enMore } from './en-more.ts'
import { enNews } from './en-news.ts'
import { enOwn } from './en-own.ts'
import { enPost } from './en-post.ts'
import { enPublic } from './en-public.ts'
import { enProgram } from './en-program.ts'
import { enReading } from './en-reading.ts'
import { enWriting } from './en-writing.ts'

export const english = {
  ...enPublic,
  ...enPost,
  ...enClient,
  ...enCompose,
  ...enMore,
  ...enProgram,
  ...enReading,
  ...enApp,
  ...enNews,
  ...enOwn,
  ...enWriting,
}

export type MessageKey = keyof typeof english
export type Catalogue = Record<MessageKey, string>

/** The languages that people can choose; names in the language itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

let language: Language = 'en'
let catalogue: Catalogue = english
let formats = new Map<string, MessageFormat>()

export function currentLanguage(): Language {
  return language
}

/** Chooses the language of everything rendered from now on. */
export function speak(chosen: Language, words: Catalogue): void {
  if (language === chosen && catalogue === words) return
  language = chosen
  catalogue = words
  formats = new Map()
}

/** The message in the current language, its places filled in. */
export function t(key: MessageKey, values?: Record<string, string | number>): string {
  const text = catalogue[key]
  if (!values) return text
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new MessageFormat(text, language)))
  return String(format.format(values))
}

/** The first language of an Accept-Language header, or of the browser's list, that we speak. */
export function preferredLanguage(wanted: string): Language {
  for (const part of wanted.split(',')) {
    const code = part.trim().slice(0, 2).toLowerCase()
    if (code in LANGUAGES) return code as Language
  }
  return 'en'
}

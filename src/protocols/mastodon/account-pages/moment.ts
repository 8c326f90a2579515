// A moment as people read it, with what machines read.
import { html } from 'hono/html'
import type { Html } from '../oauth/layout.ts'
import { pageLanguage } from '../words/say.ts'
import type { PageLanguage } from '../words/say.ts'

const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const
const WORDS: Record<PageLanguage, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', options),
  de: new Intl.DateTimeFormat('de', options),
}

/** `at` in milliseconds since 1970; shown in UTC, since pages without scripts do not know where their reader is. */
export function moment(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${WORDS[pageLanguage()].format(at)} UTC</time>`
}

// A moment as people read it, with what machines read.
import { html } from 'hono/html'
import type { Html } from '../oauth/layout.ts'

const WORDS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** `at` in milliseconds since 1970; shown in UTC, since pages without scripts do not know where their reader is. */
export function moment(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${WORDS.format(at)} UTC</time>`
}

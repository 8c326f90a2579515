// The few words by which programs introduce a long post that they only link to, as Mastodon does with articles and events.
import { escapeHtml } from '../../../lib/html/escape.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { IncomingEvent } from '../../../model/post.ts'
import type { OutgoingPost } from './types.ts'

const MAX_EXCERPT = 280

/**
 * Safe HTML: of an event when and where it is, of an article how it begins; undefined for what is shown whole everywhere, and
 * for what is sensitive, where it would be taken for a warning.
 */
export function writeAbstract(post: OutgoingPost): string | undefined {
  if (post.sensitive) return undefined
  if (post.event) return escapeHtml(`${whenAndWhere(post.event, post.language)}\n\n${excerpt(post)}`.trim())
  if (post.kind !== 'article' && post.kind !== 'page') return undefined
  const text = excerpt(post)
  return text === '' ? undefined : escapeHtml(text)
}

function excerpt({ content }: OutgoingPost): string {
  const text = htmlToText(content, MAX_EXCERPT * 4)
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (text.length <= MAX_EXCERPT) return text
  const end = text.lastIndexOf(' ', MAX_EXCERPT)
  return `${text.slice(0, end > MAX_EXCERPT / 2 ? end : MAX_EXCERPT).toWellFormed()} …`
}

/** In the language of the post and the zone of the event; a cancelled one says so without words. */
function whenAndWhere(event: IncomingEvent, language: string | undefined): string {
  const { startsAt, endsAt, place } = event
  const timeZone = zoneOf(event.timezone)
  const format = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  })
  const isSpan = endsAt !== undefined && endsAt > startsAt
  const when = isSpan ? format.formatRange(startsAt, endsAt) : format.format(startsAt)
  const where = [place?.name, place?.address].filter((part) => part !== undefined && part !== '').join(', ')
  const line = `${when} (${timeZone})${where === '' ? '' : ` · ${where}`}`
  return event.status === 'cancelled' ? `❌ ${line}` : line
}

function localeOf(language: string | undefined): string {
  try {
    return (language === undefined ? [] : Intl.DateTimeFormat.supportedLocalesOf(language))[0] ?? 'en'
  } catch {
    return 'en'
  }
}

function zoneOf(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

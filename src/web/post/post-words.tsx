// The words of a post: the title of an article and the facts of an event stand out, and what is long is folded.
import type { ComponentChildren } from 'preact'
import type { Status, StatusEvent } from '../../contract/entities.ts'
import { fullMoment } from '../i18n/moments.ts'
import { currentLanguage, t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { postPath } from './post-extras.tsx'
import { RichText } from './rich-text.tsx'

/** Beyond this a post in a list shows its beginning only. */
const LONG = 1800

/** The API writes title and event at the beginning of the content, for apps that know neither. */
export function wordsOf({ content, title, event }: Status): string {
  let html = content ?? ''
  if (title !== undefined) html = html.replace(/^<p><strong>[^]*?<\/strong><\/p>/, '')
  if (event) html = html.replace(/^<p>[^]*?<\/p>/, '')
  return html
}

/** In the time of the reader's device, named, since others who come may live elsewhere. */
function startOf(starts: string): string {
  const zone = new Intl.DateTimeFormat(currentLanguage(), { hour: 'numeric', timeZoneName: 'short' })
    .formatToParts(new Date(starts))
    .find(({ type }) => type === 'timeZoneName')
  return `${fullMoment(starts)} ${zone?.value ?? ''}`.trim()
}

/** On the same day the time alone says it. */
function endOf(starts: string, ends: string): string {
  const sameDay = new Date(starts).toDateString() === new Date(ends).toDateString()
  return sameDay
    ? new Intl.DateTimeFormat(currentLanguage(), { timeStyle: 'short' }).format(new Date(ends))
    : fullMoment(ends)
}

export function EventFacts({ event, children }: { event: StatusEvent; children?: ComponentChildren }) {
  return (
    <div class="event">
      <p class="event-when">
        <Icon name="calendar" />
        <span>
          <time dateTime={event.starts_at}>{startOf(event.starts_at)}</time>
          {event.ends_at !== null && (
            <>
              {' – '}
              <time dateTime={event.ends_at}>{endOf(event.starts_at, event.ends_at)}</time>
            </>
          )}
        </span>
        {event.status !== 'confirmed' && <span class="badge">{t(`event.${event.status}`)}</span>}
      </p>
      {event.place !== null && (
        <p class="event-when">
          <Icon name="place" />
          <span dir="auto">{event.place}</span>
        </p>
      )}
      {children}
    </div>
  )
}

interface WordsProps {
  status: Status
  /** On a page of its own nothing is folded. */
  whole: boolean
  event?: ComponentChildren
}

export function PostWords({ status, whole, event }: WordsProps) {
  const html = wordsOf(status)
  const folded = !whole && html.length > LONG
  return (
    <>
      {status.title !== undefined && (
        <h2 class="post-title" dir="auto">
          {whole ? status.title : <a href={postPath(status)}>{status.title}</a>}
        </h2>
      )}
      {status.event && (event ?? <EventFacts event={status.event} />)}
      <div class={folded ? 'folded' : undefined}>
        <RichText html={html} emojis={status.emojis} lang={status.language} />
      </div>
      {folded && (
        <p class="read-on">
          <a href={postPath(status)}>{t('post.readOn')}</a>
        </p>
      )}
    </>
  )
}

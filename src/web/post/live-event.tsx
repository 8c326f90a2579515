// Saying whether one comes to an event.
import { useEffect, useState } from 'preact/hooks'
import type { EventDetails, Status, StatusEvent } from '../../contract/entities.ts'
import { get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { now } from '../ui/now.ts'
import { EventFacts } from './post-words.tsx'

const ANSWERS = ['yes', 'maybe', 'no'] as const

/** Asked once it is looked at on its own: lists of posts stay light. */
export function LiveEvent({ status, event }: { status: Status; event: StatusEvent }) {
  const [details, setDetails] = useState<EventDetails | undefined>(undefined)
  const path = `/api/v1/statuses/${status.id}/event`
  useEffect(() => {
    get<EventDetails>(path).then(setDetails, () => undefined)
  }, [status.id])
  if (!details) return <EventFacts event={event} />
  const isOver = new Date(details.ends_at ?? details.starts_at).getTime() < now.value
  const isOpen = !isOver && details.status !== 'cancelled' && details.join_mode !== 'external'
  const answer = (word: (typeof ANSWERS)[number]): void =>
    void attempt(async () => setDetails(await post<EventDetails>(`${path}/answer`, { answer: word })))
  return (
    <EventFacts event={details}>
      <p class="soft small">
        {t('event.counts', { yes: details.yes_count, maybe: details.maybe_count })}
        {details.capacity !== null && ` · ${t('event.capacity', { count: details.capacity })}`}
      </p>
      {isOpen && (
        <div class="event-answers" role="group" aria-label={t('event.question')}>
          {ANSWERS.map((word) => (
            <button
              class={details.own_answer === word ? 'button slim' : 'button quiet slim'}
              type="button"
              aria-pressed={details.own_answer === word}
              onClick={() => answer(word)}
              key={word}
            >
              {t(`event.${word}`)}
            </button>
          ))}
        </div>
      )}
      {details.external_url !== null && !isOver && (
        <p>
          <a href={details.external_url} target="_blank" rel="noopener noreferrer nofollow">
            {t('event.elsewhere')}
          </a>
        </p>
      )}
      {isOver && <p class="soft small">{t('event.over')}</p>}
    </EventFacts>
  )
}

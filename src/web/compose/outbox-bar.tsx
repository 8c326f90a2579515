// Says which posts wait for the network or were refused, and what can be done about it.
import { useEffect } from 'preact/hooks'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { sure } from '../ui/feedback.tsx'
import { storeDraft } from './draft-store.ts'
import { compose } from './open.ts'
import { outbox, readOutbox, sending, sendWaiting, takeFromOutbox, watchNetwork } from './outbox.ts'
import type { Waiting } from './outbox.ts'

const MOST_SHOWN = 40

function edit({ draft }: Waiting): void {
  if (!takeFromOutbox(draft.uid)) return
  storeDraft(draft)
  compose({ uid: draft.uid })
}

function Line({ waiting }: { waiting: Waiting }) {
  const { draft, problem } = waiting
  const text = draft.parts.map((part) => part.text).join(' ')
  const start = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  const discard = async (): Promise<void> => {
    if (await sure(t('compose.discardSure'))) takeFromOutbox(draft.uid)
  }
  return (
    <li>
      <p>
        <q>{start}</q> <small>{problem === '' ? t('outbox.waiting') : problem}</small>
      </p>
      <button class="button quiet slim" type="button" onClick={() => edit(waiting)}>
        {t('outbox.edit')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => void discard()}>
        {t('drafts.remove')}
      </button>
    </li>
  )
}

export default function OutboxBar() {
  useEffect(() => {
    readOutbox()
    watchNetwork()
    void sendWaiting()
  }, [me.value.id])
  const list = outbox.value
  if (list.length === 0) return null
  const waits = list.some((one) => one.problem === '')
  return (
    <section class="outbox" aria-label={t('outbox.title', { count: list.length })} role="status">
      <div class="outbox-head">
        <strong>{t('outbox.title', { count: list.length })}</strong>
        {waits && (
          <button
            class="button slim"
            type="button"
            disabled={sending.value}
            onClick={() => void sendWaiting()}
          >
            {t(sending.value ? 'compose.sending' : 'outbox.retry')}
          </button>
        )}
      </div>
      <ul>
        {list.map((one) => (
          <Line waiting={one} key={one.draft.uid} />
        ))}
      </ul>
    </section>
  )
}

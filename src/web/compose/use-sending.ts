// Whether the draft can be sent, sending it, and what went wrong.
import { useState } from 'preact/hooks'
import { countCharacters } from '../../lib/text/count.ts'
import { ApiError } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { postPath } from '../post/post-extras.tsx'
import { reasonOf, tell } from '../ui/feedback.tsx'
import { change, draft, hasContent } from './draft.ts'
import type { Draft, Part } from './draft.ts'
import { forgetDraft } from './draft-store.ts'
import { dropServerDraft } from './draft-sync.ts'
import { putIntoOutbox } from './outbox.ts'
import { partsToSend, send } from './send.ts'
import type { Sent } from './send.ts'
import { uploads } from './uploads.ts'

/** Characters left, as the server counts them. */
export function charactersLeft(part: Part): number {
  const max = instance.configuration.statuses.max_characters
  return max - countCharacters(part.text, part.hasWarning ? part.warning : '')
}

function isWhole(part: Part, isQuote: boolean): boolean {
  const choices = part.poll?.options.filter((option) => option.trim() !== '').length ?? 0
  const isEmpty = part.text.trim() === '' && part.media.length === 0 && !isQuote
  return !isEmpty && charactersLeft(part) >= 0 && (part.poll === null || choices >= 2)
}

/** Whether there is something to send and nothing is in the way. */
export function isReady(now: Draft): boolean {
  const parts = partsToSend(now)
  return (
    parts.length > 0 &&
    uploads.value.length === 0 &&
    (now.visibility !== 'circles' || now.circles.length > 0 || now.editId !== undefined) &&
    (now.scheduledAt === '' || now.parts.filter(hasContent).length < 2) &&
    parts.every((part) => isWhole(part, now.quoteId !== undefined && part.key === now.parts[0]?.key))
  )
}

function tellSent(sent: Sent, now: Draft): void {
  if ('scheduled' in sent)
    tell(t('compose.scheduled', { when: fullMoment(sent.scheduled.scheduled_at) }), { href: '/scheduled' })
  else tell(t(now.editId === undefined ? 'compose.sent' : 'compose.changed'), { href: postPath(sent.status) })
}

function noteSent(key: string, sentId: string): void {
  change({ parts: draft.peek().parts.map((part) => (part.key === key ? { ...part, sentId } : part)) })
}

function describe(error: unknown): string {
  const done = draft.peek().parts.filter((part) => part.sentId !== undefined).length
  const reason = reasonOf(error)
  return done === 0
    ? reason
    : `${reason} ${t('compose.threadStopped', { done, all: draft.peek().parts.length })}`
}

export function useSending(onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const finish = (now: Draft): void => {
    forgetDraft(now.uid)
    onDone()
  }
  const publish = async (): Promise<void> => {
    const now = draft.peek()
    setBusy(true)
    setProblem('')
    try {
      const sent = await send(now, noteSent)
      tellSent(sent, now)
      finish(now)
      void dropServerDraft(now)
    } catch (error) {
      if (error instanceof ApiError && error.status === 0) {
        putIntoOutbox(draft.peek())
        finish(now)
        return
      }
      setProblem(describe(error))
      setBusy(false)
    }
  }
  return { busy, problem, publish }
}

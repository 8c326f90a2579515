// Whether the draft can be sent, sending it, and what went wrong.
import { useState } from 'preact/hooks'
import { countCharacters } from '../../lib/text/count.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { postPath } from '../post/post-extras.tsx'
import { reasonOf, tell } from '../ui/feedback.tsx'
import { draft, forgetDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import type { ComposeRequest } from './open.ts'
import { send } from './send.ts'
import { uploads } from './uploads.ts'

/** Characters left, as the server counts them. */
export function charactersLeft(now: Draft): number {
  const max = instance.configuration.statuses.max_characters
  return max - countCharacters(now.text, now.hasWarning ? now.warning : '')
}

/** Whether there is something to send and nothing is in the way. */
export function isReady(now: Draft, request: ComposeRequest): boolean {
  const empty = now.text.trim() === '' && now.media.length === 0 && !request.quote
  const choices = now.poll?.options.filter((option) => option.trim() !== '').length ?? 0
  return (
    !empty && charactersLeft(now) >= 0 && uploads.value.length === 0 && (now.poll === null || choices >= 2)
  )
}

export function useSending(request: ComposeRequest, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const publish = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const status = await send(draft.peek(), request)
      forgetDraft(draft.peek().key)
      draft.value = { ...draft.peek(), text: '', media: [], warning: '', poll: null }
      tell(t(request.edit ? 'compose.changed' : 'compose.sent'), { href: postPath(status) })
      onDone()
    } catch (error) {
      setProblem(reasonOf(error))
      setBusy(false)
    }
  }
  return { busy, problem, publish }
}

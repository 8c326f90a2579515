// The composer over the page: opens with what was asked for, or with the draft that was left.
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { tell, tellTrouble } from '../ui/feedback.tsx'
import { Composer } from './composer.tsx'
import { draft, forgetDraft, isWorthKeeping, storeDraft, storedDraft } from './draft.ts'
import { composing } from './open.ts'
import type { ComposeRequest } from './open.ts'
import { draftKey, startDraft } from './start-draft.ts'

function titleOf(request: ComposeRequest): string {
  if (request.edit) return t('compose.editTitle')
  if (request.replyTo) return t('compose.replyTitle', { name: nameOf(request.replyTo.account) })
  if (request.quote) return t('compose.quoteTitle', { name: nameOf(request.quote.account) })
  return t('compose.title')
}

export default function ComposerDialog() {
  const [request] = useState<ComposeRequest>(() => composing.peek() ?? {})
  const [start, setStart] = useState<string | undefined>(undefined)
  useEffect(() => {
    let current = true
    const kept = request.redraft || request.text !== undefined ? undefined : storedDraft(draftKey(request))
    const begin = async (): Promise<void> => {
      try {
        const fresh = await startDraft(request)
        if (!current) return
        draft.value = kept ?? fresh
        if (kept) tell(t('compose.restored'))
        setStart(fresh.text)
      } catch (error) {
        tellTrouble(error)
        composing.value = undefined
      }
    }
    void begin()
    return () => {
      current = false
    }
  }, [])
  useEffect(
    () =>
      start === undefined
        ? undefined
        : draft.subscribe((now) => (isWorthKeeping(now, start) ? storeDraft(now) : forgetDraft(now.key))),
    [start],
  )
  const close = (): void => void (composing.value = undefined)
  return (
    <Dialog label={titleOf(request)} onClose={close} titled kind="composer-dialog">
      {start !== undefined && <Composer request={request} start={start} onDone={close} />}
    </Dialog>
  )
}

// The composer over the page: opens with what was asked for, or with the draft that was left, and keeps it as one writes.
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { tell, tellTrouble } from '../ui/feedback.tsx'
import { Composer } from './composer.tsx'
import { draft, isWorthKeeping } from './draft.ts'
import type { Start } from './draft.ts'
import { forgetDraft, holdDraft, noteOpen, storeDraft, storedDraft } from './draft-store.ts'
import { saveDraft } from './draft-sync.ts'
import { composing } from './open.ts'
import { addFiles } from './uploads.ts'
import type { ComposeRequest } from './open.ts'
import { begin } from './start-draft.ts'
import type { Beginning, Targets } from './start-draft.ts'

const SAVE_AFTER_MS = 3000

function titleOf({ edit, replyTo, quote }: Targets): string {
  if (edit) return t('compose.editTitle')
  if (replyTo) return t('compose.replyTitle', { name: nameOf(replyTo.account) })
  if (quote) return t('compose.quoteTitle', { name: nameOf(quote.account) })
  return draft.value.scheduledId === undefined ? t('compose.title') : t('compose.scheduledTitle')
}

/** Keeps the draft here at every change, and on the server when one pauses; stops when the composer closes. */
function keepSafe(start: Start): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isFirst = true
  const stop = draft.subscribe((now) => {
    const keeps = isWorthKeeping(now, start)
    if (keeps) storeDraft(now)
    else forgetDraft(now.uid)
    clearTimeout(timer)
    if (keeps && !isFirst) timer = setTimeout(() => void saveDraft(now), SAVE_AFTER_MS)
    isFirst = false
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

function useBeginning(request: ComposeRequest): Beginning | undefined {
  const [beginning, setBeginning] = useState<Beginning | undefined>(undefined)
  useEffect(() => {
    let current = true
    const open = async (): Promise<void> => {
      try {
        const found = await begin(request)
        if (!current) return
        draft.value = found.draft
        if (found.news) tell(t(`compose.${found.news}`))
        else if (found.isRestored && request.uid === undefined) tell(t('compose.restored'))
        setBeginning(found)
      } catch (error) {
        tellTrouble(error)
        composing.value = undefined
      }
    }
    void open()
    return () => {
      current = false
    }
  }, [])
  return beginning
}

export default function ComposerDialog() {
  const [request] = useState<ComposeRequest>(() => composing.peek() ?? {})
  const beginning = useBeginning(request)
  useEffect(() => {
    if (!beginning) return undefined
    const { uid } = beginning.draft
    const [stop, release] = [keepSafe(beginning.start), holdDraft(uid)]
    noteOpen(uid)
    if (request.files && request.files.length > 0) addFiles(request.files)
    return () => {
      stop()
      release()
      noteOpen(undefined)
      if (storedDraft(uid)?.unsaved === true) void saveDraft(draft.peek())
    }
  }, [beginning])
  const done = (): void => {
    // At once: whoever leaves the page in the next moment must not find the composer open again.
    noteOpen(undefined)
    composing.value = undefined
  }
  const close = (): void => {
    const now = draft.peek()
    if (beginning && isWorthKeeping(now, beginning.start)) {
      const isNew = now.editId === undefined && now.scheduledId === undefined
      if (isNew) tell(t('compose.kept'), { href: '/drafts' })
    }
    done()
  }
  return (
    <Dialog label={titleOf(beginning?.targets ?? request)} onClose={close} titled kind="composer-dialog">
      {beginning && <Composer targets={beginning.targets} start={beginning.start} onDone={done} />}
    </Dialog>
  )
}

/** Loaded along with the composer: it is needed exactly when the network is not there. */
export { default as OutboxBar } from './outbox-bar.tsx'

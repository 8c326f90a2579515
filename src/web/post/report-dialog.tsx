// Telling the moderators about a post.
import { useState } from 'preact/hooks'
import type { Report, Status } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, tell } from '../ui/feedback.tsx'
import { nameOf } from './who.tsx'

export function ReportDialog({ status, onClose }: { status: Status; onClose: () => void }) {
  const [comment, setComment] = useState('')
  const [forward, setForward] = useState(false)
  const [busy, setBusy] = useState(false)
  const domain = status.account.acct.split('@')[1]
  const title = t('report.title', { name: nameOf(status.account) })
  const send = async (): Promise<void> => {
    setBusy(true)
    const body = { account_id: status.account.id, status_ids: [status.id], comment, forward }
    const sent = await attempt(() => post<Report>('/api/v1/reports', body))
    setBusy(false)
    if (!sent) return
    tell(t('report.sent'))
    onClose()
  }
  return (
    <Dialog label={title} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <label>
          {t('report.comment')}
          <textarea
            class="field"
            rows={4}
            maxLength={1000}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
        </label>
        {domain !== undefined && (
          <label class="check">
            <input
              type="checkbox"
              checked={forward}
              onChange={(event) => setForward(event.currentTarget.checked)}
            />
            {t('report.forward', { domain })}
          </label>
        )}
        <div class="dialog-row">
          <button class="button" type="submit" disabled={busy}>
            {t('report.send')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

// A list of servers is shown before it is taken.
import { useState } from 'preact/hooks'
import type { AdminPolicyImport } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, tell } from '../ui/feedback.tsx'
import { Field, Lead, useForm } from './parts.tsx'
import { a, named } from './words.ts'

function Preview({ preview }: { preview: AdminPolicyImport }) {
  return (
    <>
      <p>{a('import.preview', { count: preview.total, skipped: preview.skipped.length })}</p>
      <div class="chart-table tall" tabIndex={0} role="region" aria-label={a('import.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{a('domain.name')}</th>
              <th scope="col">{a('import.before')}</th>
              <th scope="col">{a('import.after')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.entries.map((one) => (
              <tr key={one.domain}>
                <th scope="row" dir="ltr">
                  {one.domain}
                </th>
                <td>{one.previous_severity === null ? '–' : named('severity', one.previous_severity)}</td>
                <td>{named('severity', one.severity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.skipped.length > 0 && (
        <ul class="admin-lines">
          {preview.skipped.slice(0, 20).map((one) => (
            <li key={one.line}>{a('import.line', { line: one.line, reason: one.reason })}</li>
          ))}
        </ul>
      )}
    </>
  )
}

const PATH = '/api/v1/admin/domain_policies/import'

/** A portion at a time; what was taken stays taken when one of them fails, and the same list can be taken again. */
async function takeAll(csv: string, tellTaken: (count: number) => void): Promise<number> {
  let [from, count]: [number | null, number] = [0, 0]
  while (from !== null) {
    tellTaken(from)
    const done: AdminPolicyImport = await post<AdminPolicyImport>(PATH, { csv, confirm: true, from })
    count += done.imported ?? 0
    from = done.next
  }
  return count
}

export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [csv, setCsv] = useState('')
  const [preview, setPreview] = useState<AdminPolicyImport | undefined>(undefined)
  const [taken, setTaken] = useState(0)
  const { busy, submit } = useForm(async () => {
    if (!preview) setPreview(await post<AdminPolicyImport>(PATH, { csv }))
    else {
      tell(a('import.done', { count: await takeAll(csv, setTaken) }))
      onDone()
      onClose()
    }
  })
  const take = (file: File | undefined): void => {
    setPreview(undefined)
    if (file) void attempt(async () => setCsv(await file.text()))
  }
  return (
    <Dialog label={a('import.title')} onClose={onClose} titled>
      <form class="form" onSubmit={submit}>
        <Lead>{a('import.text')}</Lead>
        <Field label={a('import.file')}>
          <input
            class="field"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => take(event.currentTarget.files?.[0])}
          />
        </Field>
        {preview && <Preview preview={preview} />}
        {preview && busy && (
          <p class="admin-progress" role="status">
            <progress max={preview.total} value={taken} aria-label={a('import.title')} />
            <span>{a('import.taken', { taken, count: preview.total })}</span>
          </p>
        )}
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={onClose}>
            {t('ui.cancel')}
          </button>
          <button class="button" type="submit" disabled={busy || csv === ''}>
            {preview ? a('import.take', { count: preview.total }) : a('import.look')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

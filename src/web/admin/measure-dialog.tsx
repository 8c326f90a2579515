// Asks a moderator what to do about an account, and says in plain words what will happen.
import { useState } from 'preact/hooks'
import { post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { tell } from '../ui/feedback.tsx'
import { Check, Field, useForm } from './parts.tsx'
import { a, named } from './words.ts'

const MEASURES = ['none', 'sensitive', 'silence', 'disable', 'suspend'] as const
const POST_MEASURES = ['delete_statuses', 'mark_statuses_as_sensitive'] as const

interface MeasureProps {
  accountId: string
  name: string
  isLocal: boolean
  reportId?: string
  hasPosts?: boolean
  onClose: () => void
  onDone: () => void
}

export function MeasureDialog(props: MeasureProps) {
  const [measure, setMeasure] = useState<string>('none')
  const [text, setText] = useState('')
  const [mail, setMail] = useState(true)
  const options = [
    ...(props.hasPosts === true ? POST_MEASURES : []),
    ...MEASURES.filter((one) => props.isLocal || one !== 'disable'),
  ]
  const { busy, submit } = useForm(async () => {
    await post(`/api/v1/admin/accounts/${props.accountId}/action`, {
      type: measure,
      text,
      send_email_notification: mail,
      ...(props.reportId === undefined ? {} : { report_id: props.reportId }),
    })
    tell(a('done'))
    props.onDone()
    props.onClose()
  })
  return (
    <Dialog label={a('measure.title', { name: props.name })} onClose={props.onClose} titled small>
      <form class="form" onSubmit={submit}>
        <fieldset class="admin-measures">
          <legend>{a('measure.what')}</legend>
          {options.map((one) => (
            <label class="check" key={one}>
              <input type="radio" name="measure" checked={measure === one} onChange={() => setMeasure(one)} />
              <span>
                {named('do', one)}
                <small class="soft">{named('will', one)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Field label={a('measure.text')} hint={a('measure.textHint')}>
          <textarea
            class="field"
            rows={3}
            maxLength={5000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </Field>
        {props.isLocal && <Check label={a('measure.mail')} on={mail} set={setMail} />}
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={props.onClose}>
            {t('ui.cancel')}
          </button>
          <button class={measure === 'none' ? 'button' : 'button danger'} type="submit" disabled={busy}>
            {named('do', measure)}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

// What moderators did about one's own account, and asking them to look again.
import { useState } from 'preact/hooks'
import type { AccountWarning } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { tell } from '../ui/feedback.tsx'
import { now } from '../ui/now.ts'
// oxlint-disable-next-line import/no-unassigned-import -- styles have no exports
import '../styles/admin.css'
import { Shown, useGet } from './load.tsx'
import { Field, Lead, Tag, useForm, When } from './parts.tsx'
import { a, named } from './words.ts'

const APPEAL_MS = 20 * 86_400_000

function Appeal({ strike, sent }: { strike: AccountWarning; sent: () => Promise<void> }) {
  const [text, setText] = useState('')
  const { busy, submit } = useForm(async () => {
    await post(`/api/v1/strikes/${strike.id}/appeal`, { text })
    tell(a('strikes.sent'))
    await sent()
  })
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('strikes.appeal')}>
        <textarea
          class="field"
          rows={3}
          required
          maxLength={2000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <div>
        <button class="button slim" type="submit" disabled={busy || text.trim() === ''}>
          {a('strikes.send')}
        </button>
      </div>
    </form>
  )
}

export default function StrikesScreen() {
  const strikes = useGet<AccountWarning[]>('/api/v1/strikes')
  return (
    <ScreenFrame title={a('strikes.title')} deep>
      <div class="admin-page">
        <Lead>{a('strikes.lead')}</Lead>
        <Shown of={strikes} empty={<h2>{a('strikes.none')}</h2>}>
          {(list) => (
            <ul class="admin-cards">
              {list.map((strike) => (
                <li class="card" key={strike.id}>
                  <strong>{named('got', strike.action)}</strong>
                  <small class="soft">
                    <When at={strike.created_at} />
                  </small>
                  {strike.text !== '' && (
                    <blockquote class="admin-quote" dir="auto">
                      {strike.text}
                    </blockquote>
                  )}
                  {strike.appeal ? (
                    <>
                      <Tag kind={strike.appeal.state === 'approved' ? 'good' : ''}>
                        {named('appeal', strike.appeal.state)}
                      </Tag>
                      <p dir="auto">{strike.appeal.text}</p>
                    </>
                  ) : (
                    Date.parse(strike.created_at) > now.value - APPEAL_MS && (
                      <Appeal strike={strike} sent={strikes.reload} />
                    )
                  )}
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </div>
    </ScreenFrame>
  )
}

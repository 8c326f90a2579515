// Invitations that one gave: new ones, how often they were used, and ending them.
import { useState } from 'preact/hooks'
import type { AdminInvite } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { tell } from '../ui/feedback.tsx'
import { Shown, useGet } from './load.tsx'
import { Check, Doing, Field, Lead, Tag, useForm, When } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/invites'

function NewInvite({ done }: { done: () => Promise<void> }) {
  const [uses, setUses] = useState('1')
  const [days, setDays] = useState('7')
  const [follow, setFollow] = useState(true)
  const { busy, submit } = useForm(async () => {
    await post(PATH, {
      auto_follow: follow,
      ...(uses === '' ? {} : { max_uses: Number(uses) }),
      ...(days === '' ? {} : { days: Number(days) }),
    })
    await done()
  })
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('invite.uses')} hint={a('invite.usesHint')}>
        <input
          class="field"
          type="number"
          min="1"
          max="1000"
          value={uses}
          onInput={(event) => setUses(event.currentTarget.value)}
        />
      </Field>
      <Field label={a('invite.days')} hint={a('invite.daysHint')}>
        <input
          class="field"
          type="number"
          min="1"
          max="365"
          value={days}
          onInput={(event) => setDays(event.currentTarget.value)}
        />
      </Field>
      <Check label={a('invite.follow')} hint={a('invite.followHint')} on={follow} set={setFollow} />
      <div>
        <button class="button slim" type="submit" disabled={busy}>
          {a('invite.make')}
        </button>
      </div>
    </form>
  )
}

function Card({ invite, changed }: { invite: AdminInvite; changed: () => Promise<void> }) {
  return (
    <li class="card">
      <strong dir="ltr" class="admin-code">
        {invite.url}
      </strong>
      <p class="soft">
        {a('invite.used', { uses: invite.uses, most: invite.max_uses ?? '∞' })}
        {invite.expires_at !== null && (
          <>
            {' · '}
            {a('invite.until')} <When at={invite.expires_at} />
          </>
        )}
      </p>
      <div class="admin-deeds">
        {invite.usable ? (
          <>
            <Doing
              label={a('invite.copy')}
              describe={invite.code}
              run={async () => {
                await navigator.clipboard.writeText(invite.url)
                tell(a('invite.copied'))
              }}
            />
            <Doing
              label={a('invite.end')}
              describe={invite.code}
              run={async () => {
                await call('DELETE', `${PATH}/${invite.id}`)
                await changed()
              }}
            />
          </>
        ) : (
          <Tag>{a('invite.over')}</Tag>
        )}
      </div>
    </li>
  )
}

export function Invites() {
  const invites = useGet<AdminInvite[]>(PATH)
  return (
    <div class="admin-page">
      <Lead>{a('invites.lead')}</Lead>
      <NewInvite done={invites.reload} />
      <Shown of={invites} empty={<h2>{a('invites.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((invite) => (
              <Card key={invite.id} invite={invite} changed={invites.reload} />
            ))}
          </ul>
        )}
      </Shown>
    </div>
  )
}

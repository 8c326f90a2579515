// Relays: servers that pass on public posts, theirs to us and ours to them.
import { useState } from 'preact/hooks'
import type { AdminRelay } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { sure } from '../ui/feedback.tsx'
import { Shown, useGet } from './load.tsx'
import { Doing, Field, Lead, Tag, useForm } from './parts.tsx'
import { a, named } from './words.ts'

const PATH = '/api/v1/admin/relays'

export function Relays() {
  const relays = useGet<AdminRelay[]>(PATH)
  const [address, setAddress] = useState('')
  const { busy, submit } = useForm(async () => {
    await post(PATH, { address })
    setAddress('')
    await relays.reload()
  })
  return (
    <div class="admin-page">
      <Lead>{a('relays.lead')}</Lead>
      <form class="form flat" onSubmit={submit}>
        <Field label={a('relay.address')} hint={a('relay.addressHint')}>
          <input
            class="field"
            dir="ltr"
            type="url"
            required
            placeholder="https://relay.example/inbox"
            value={address}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </Field>
        <div>
          <button class="button slim" type="submit" disabled={busy || address === ''}>
            {a('relay.add')}
          </button>
        </div>
      </form>
      <Shown of={relays} empty={<h2>{a('relays.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((relay) => (
              <li class="card" key={relay.id}>
                <strong dir="ltr">{relay.inbox}</strong>
                <Tag kind={relay.state === 'accepted' ? 'good' : relay.state === 'rejected' ? 'bad' : ''}>
                  {named('relay', relay.state)}
                </Tag>
                <div class="admin-deeds">
                  <Doing
                    label={a('relay.leave')}
                    describe={relay.inbox}
                    run={async () => {
                      if (!(await sure(a('relay.leaveSure', { name: relay.inbox }), false))) return
                      await call('DELETE', `${PATH}/${relay.id}`)
                      await relays.reload()
                    }}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </div>
  )
}

// Servers that we talk to where we talk only to allowed ones.
import { useState } from 'preact/hooks'
import type { AdminDomainAllow, Instance } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { sure } from '../ui/feedback.tsx'
import { More, Shown, useGet, usePages } from './load.tsx'
import { Doing, Field, Lead, useForm, When } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/domain_allows'

export function AllowedDomains() {
  const allowed = usePages<AdminDomainAllow>(PATH)
  const instance = useGet<Instance>('/api/v2/instance')
  const isLimited = instance.value?.configuration.limited_federation === true
  const [domain, setDomain] = useState('')
  const { busy, submit } = useForm(async () => {
    await post(PATH, { domain })
    setDomain('')
    await allowed.reload()
  })
  return (
    <div class="admin-page">
      <Lead>{a('allowed.lead')}</Lead>
      {instance.value && <p class="admin-note">{a(isLimited ? 'allowed.counts' : 'allowed.idle')}</p>}
      <form class="form flat" onSubmit={submit}>
        <Field label={a('domain.name')} hint={a('allowed.hint')}>
          <input
            class="field"
            dir="ltr"
            required
            placeholder="example.net"
            value={domain}
            onInput={(event) => setDomain(event.currentTarget.value.trim())}
          />
        </Field>
        <div>
          <button class="button slim" type="submit" disabled={busy || domain === ''}>
            {a('allowed.add')}
          </button>
        </div>
      </form>
      <Shown of={allowed} empty={<h2>{a('allowed.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((one) => (
              <li class="card" key={one.id}>
                <strong dir="ltr">{one.domain}</strong>
                <small class="soft">
                  <When at={one.created_at} />
                </small>
                <div class="admin-deeds">
                  <Doing
                    label={a('allowed.remove')}
                    describe={one.domain}
                    run={async () => {
                      if (isLimited && !(await sure(a('allowed.removeSure', { name: one.domain })))) return
                      await call('DELETE', `${PATH}/${one.id}`)
                      await allowed.reload()
                    }}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={allowed} />
    </div>
  )
}

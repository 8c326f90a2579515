// Mail domains with which nobody signs up, or only after a moderator agreed; and how often that was tried.
import { useState } from 'preact/hooks'
import type { AdminEmailDomainBlock } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { More, Shown, usePages } from './load.tsx'
import { Check, Doing, Field, Lead, Tag, useForm } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/email_domain_blocks'

function MailForm({ done }: { done: () => Promise<void> }) {
  const [domain, setDomain] = useState('')
  const [asks, setAsks] = useState(false)
  const { busy, submit } = useForm(async () => {
    await post(PATH, { domain, allow_with_approval: asks })
    setDomain('')
    await done()
  })
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('mail.domain')} hint={a('mail.domainHint')}>
        <input
          class="field"
          dir="ltr"
          required
          placeholder="example.net"
          value={domain}
          onInput={(event) => setDomain(event.currentTarget.value.trim())}
        />
      </Field>
      <Check label={a('mail.asks')} hint={a('mail.asksHint')} on={asks} set={setAsks} />
      <div>
        <button class="button slim" type="submit" disabled={busy || domain === ''}>
          {a('mail.add')}
        </button>
      </div>
    </form>
  )
}

function tries({ history }: AdminEmailDomainBlock): number {
  return history.reduce((sum, day) => sum + Number(day.uses), 0)
}

export function MailDomains() {
  const blocks = usePages<AdminEmailDomainBlock>(PATH)
  return (
    <div class="admin-page">
      <Lead>{a('mails.lead')}</Lead>
      <MailForm done={blocks.reload} />
      <Shown of={blocks} empty={<h2>{a('mails.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((block) => (
              <li class="card" key={block.id}>
                <p class="admin-facts">
                  <strong dir="ltr">{block.domain}</strong>
                  {block.allow_with_approval ? (
                    <Tag>{a('mail.asksTag')}</Tag>
                  ) : (
                    <Tag kind="bad">{a('mail.shut')}</Tag>
                  )}
                </p>
                <small class="soft">{a('mail.tries', { count: tries(block) })}</small>
                <div class="admin-deeds">
                  <Doing
                    label={a('door.remove')}
                    describe={block.domain}
                    run={async () => {
                      await call('DELETE', `${PATH}/${block.id}`)
                      await blocks.reload()
                    }}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={blocks} />
    </div>
  )
}

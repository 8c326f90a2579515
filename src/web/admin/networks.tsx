// Networks from which nobody signs up, or nobody comes at all.
import { useState } from 'preact/hooks'
import type { AdminIpBlock } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { sure } from '../ui/feedback.tsx'
import { More, Shown, usePages } from './load.tsx'
import { Choice, Doing, Field, Lead, Tag, useForm, When } from './parts.tsx'
import { a, named } from './words.ts'

const PATH = '/api/v1/admin/ip_blocks'
const SEVERITIES = ['sign_up_requires_approval', 'sign_up_block', 'no_access'] as const
const DAY = 86_400
/** In seconds; blank is for ever. */
const TIMES = ['', DAY, 7 * DAY, 30 * DAY, 365 * DAY] as const

interface Wish {
  ip: string
  severity: AdminIpBlock['severity']
  comment: string
  expires_in: string
}

const EMPTY: Wish = {
  ip: '',
  severity: 'sign_up_requires_approval',
  comment: '',
  expires_in: String(30 * DAY),
}

function HowLong({ value, set }: { value: string; set: (value: string) => void }) {
  return (
    <Field label={a('network.time')} hint={a('network.timeHint')}>
      <select class="field" value={value} onChange={(event) => set(event.currentTarget.value)}>
        {TIMES.map((seconds) => (
          <option value={String(seconds)} key={seconds}>
            {seconds === '' ? a('network.ever') : a('network.days', { count: seconds / DAY })}
          </option>
        ))}
      </select>
    </Field>
  )
}

function NetworkForm({ done }: { done: () => Promise<void> }) {
  const [wish, setWish] = useState(EMPTY)
  const change = (part: Partial<Wish>): void => setWish({ ...wish, ...part })
  const { busy, submit } = useForm(async () => {
    if (wish.severity === 'no_access' && !(await sure(a('network.shutSure', { name: wish.ip })))) return
    await post(PATH, wish)
    setWish(EMPTY)
    await done()
  })
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('network.ip')} hint={a('network.ipHint')}>
        <input
          class="field"
          dir="ltr"
          required
          placeholder="192.0.2.0/24"
          value={wish.ip}
          onInput={(event) => change({ ip: event.currentTarget.value.trim() })}
        />
      </Field>
      <Choice
        legend={a('network.severity')}
        name="network-severity"
        value={wish.severity}
        set={(severity) => change({ severity })}
        options={SEVERITIES.map((value) => ({
          value,
          label: named('network', value),
          hint: named('network', `${value}Hint`),
        }))}
      />
      <HowLong value={wish.expires_in} set={(expires_in) => change({ expires_in })} />
      <Field label={a('network.comment')} hint={a('network.commentHint')}>
        <input
          class="field"
          maxLength={1000}
          value={wish.comment}
          onInput={(event) => change({ comment: event.currentTarget.value })}
        />
      </Field>
      <div>
        <button class="button slim" type="submit" disabled={busy || wish.ip === ''}>
          {a('network.add')}
        </button>
      </div>
    </form>
  )
}

export function Networks() {
  const blocks = usePages<AdminIpBlock>(PATH)
  return (
    <div class="admin-page">
      <Lead>{a('networks.lead')}</Lead>
      <NetworkForm done={blocks.reload} />
      <Shown of={blocks} empty={<h2>{a('networks.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((block) => (
              <li class="card" key={block.id}>
                <p class="admin-facts">
                  <strong dir="ltr">{block.ip}</strong>
                  <Tag kind={block.severity === 'no_access' ? 'bad' : ''}>
                    {named('network', block.severity)}
                  </Tag>
                </p>
                {block.comment !== '' && <p dir="auto">{block.comment}</p>}
                <small class="soft">
                  {block.expires_at === null ? (
                    a('network.ever')
                  ) : (
                    <>
                      {a('network.until')} <When at={block.expires_at} />
                    </>
                  )}
                </small>
                <div class="admin-deeds">
                  <Doing
                    label={a('door.remove')}
                    describe={block.ip}
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

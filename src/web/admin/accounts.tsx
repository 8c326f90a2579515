// Everybody on this server and known from others: found by name, address and standing.
import { useState } from 'preact/hooks'
import type { AdminAccount } from '../../contract/entities.ts'
import { post, withQuery } from '../api/http.ts'
import { go } from '../app/router.ts'
import { pendingChanged } from '../app/pending.ts'
import { sure } from '../ui/feedback.tsx'
import { More, Shown, usePages } from './load.tsx'
import { Doing, Field, handleOf, PersonRow } from './parts.tsx'
import { a, named } from './words.ts'

const STATUSES = ['', 'pending', 'active', 'silenced', 'suspended', 'disabled', 'sensitized'] as const
const BY = ['username', 'display_name', 'email', 'ip', 'by_domain'] as const

function Filter({ query }: { query: URLSearchParams }) {
  const known = BY.find((name) => query.has(name)) ?? 'username'
  const [by, setBy] = useState<string>(known)
  const [text, setText] = useState(query.get(known) ?? '')
  const [status, setStatus] = useState(query.get('status') ?? '')
  const [origin, setOrigin] = useState(query.get('origin') ?? 'local')
  const show = (event: Event): void => {
    event.preventDefault()
    go(
      withQuery('/admin/accounts', {
        origin,
        status: status === '' ? undefined : status,
        [by]: text.trim() === '' ? undefined : text.trim(),
      }),
      { replace: true },
    )
  }
  return (
    <form class="form admin-filter" onSubmit={show} role="search">
      <Field label={a('filter.by')}>
        <select class="field" value={by} onChange={(event) => setBy(event.currentTarget.value)}>
          {BY.map((name) => (
            <option value={name} key={name}>
              {named('by', name)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={a('filter.text')}>
        <input class="field" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </Field>
      <Field label={a('filter.origin')}>
        <select class="field" value={origin} onChange={(event) => setOrigin(event.currentTarget.value)}>
          <option value="local">{a('origin.local')}</option>
          <option value="remote">{a('origin.remote')}</option>
        </select>
      </Field>
      <Field label={a('filter.status')}>
        <select class="field" value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
          {STATUSES.map((name) => (
            <option value={name} key={name}>
              {named('status', name === '' ? 'all' : name)}
            </option>
          ))}
        </select>
      </Field>
      <button class="button" type="submit">
        {a('filter.show')}
      </button>
    </form>
  )
}

function Waiting({ account, changed }: { account: AdminAccount; changed: () => Promise<void> }) {
  const path = `/api/v1/admin/accounts/${account.id}`
  const decide = async (verb: string): Promise<void> => {
    await post(`${path}/${verb}`)
    pendingChanged()
    await changed()
  }
  return (
    <div class="admin-waiting-one">
      {account.invite_request !== null && (
        <blockquote class="admin-quote" dir="auto">
          {account.invite_request}
        </blockquote>
      )}
      <small class="soft" dir="ltr">
        {account.email} · {account.ip}
      </small>
      <div class="admin-deeds">
        <Doing
          label={a('account.approve')}
          describe={handleOf(account)}
          kind=""
          run={() => decide('approve')}
        />
        <Doing
          label={a('account.reject')}
          describe={handleOf(account)}
          run={async () => {
            if (await sure(a('account.rejectSure', { name: handleOf(account) }))) await decide('reject')
          }}
        />
      </div>
    </div>
  )
}

export function Accounts({ query }: { query: URLSearchParams }) {
  const asked = new URLSearchParams(query)
  asked.set('limit', '50')
  if (!asked.has('origin')) asked.set('origin', 'local')
  const accounts = usePages<AdminAccount>(`/api/v2/admin/accounts?${asked.toString()}`)
  return (
    <>
      <Filter query={query} />
      <Shown of={accounts} empty={<h2>{a('accounts.none')}</h2>}>
        {(list) => (
          <ul class="rows admin-people">
            {list.map((account) => (
              <li key={account.id}>
                <PersonRow account={account} />
                {account.approved === false && <Waiting account={account} changed={accounts.reload} />}
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={accounts} />
    </>
  )
}

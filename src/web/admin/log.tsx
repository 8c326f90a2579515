// Who did what to whom, and when; and what people say against it.
import type { AccountWarning, AdminLogEntry } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { pendingChanged } from '../app/pending.ts'
import { More, Shown, useGet, usePages } from './load.tsx'
import { Doing, Lead, When } from './parts.tsx'
import { a, named } from './words.ts'

const PATHS: Record<string, string> = { account: 'accounts', report: 'reports' }

function Target({ entry }: { entry: AdminLogEntry }) {
  const details = entry.details
  const name = typeof details['name'] === 'string' ? details['name'] : (entry.target_id ?? '')
  const path = PATHS[entry.target_type]
  const text = `${named('target', entry.target_type)} ${name}`.trim()
  return path !== undefined && entry.target_id !== null ? (
    <a href={`/admin/${path}/${entry.target_id}`}>{text}</a>
  ) : (
    <span dir="auto">{text}</span>
  )
}

function rest(entry: AdminLogEntry): string {
  return Object.entries(entry.details)
    .filter(([key]) => key !== 'name')
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ')
}

export function Log() {
  const log = usePages<AdminLogEntry>('/api/v1/admin/log?limit=50')
  return (
    <>
      <div class="admin-head">
        <Lead>{a('log.lead')}</Lead>
      </div>
      <Shown of={log} empty={<h2>{a('log.none')}</h2>}>
        {(list) => (
          <ol class="admin-log">
            {list.map((entry) => (
              <li key={entry.id}>
                <p>
                  <strong dir="auto">{entry.account ? `@${entry.account.acct}` : a('log.console')}</strong>{' '}
                  {named('deed', entry.action)} <Target entry={entry} />
                </p>
                <small class="soft">
                  <When at={entry.created_at} />
                  {rest(entry) === '' ? '' : ` · ${rest(entry)}`}
                </small>
              </li>
            ))}
          </ol>
        )}
      </Shown>
      <More of={log} />
    </>
  )
}

export function Appeals() {
  const appeals = useGet<AccountWarning[]>('/api/v1/admin/appeals')
  const decide = (id: string, verb: string) => async (): Promise<void> => {
    await post(`/api/v1/admin/appeals/${id}/${verb}`)
    pendingChanged()
    await appeals.reload()
  }
  return (
    <div class="admin-page">
      <Lead>{a('appeals.lead')}</Lead>
      <Shown of={appeals} empty={<h2>{a('appeals.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((strike) => (
              <li class="card" key={strike.id}>
                <p>
                  <a href={`/admin/accounts/${strike.target_account.id}`}>@{strike.target_account.acct}</a> ·{' '}
                  <strong>{named('do', strike.action)}</strong> · <When at={strike.created_at} />
                </p>
                {strike.text !== '' && (
                  <p class="soft" dir="auto">
                    {strike.text}
                  </p>
                )}
                <blockquote class="admin-quote" dir="auto">
                  {strike.appeal?.text}
                </blockquote>
                <div class="admin-deeds">
                  <Doing
                    label={a('appeal.grant')}
                    kind=""
                    describe={`@${strike.target_account.acct}`}
                    run={decide(strike.id, 'approve')}
                  />
                  <Doing
                    label={a('appeal.refuse')}
                    describe={`@${strike.target_account.acct}`}
                    run={decide(strike.id, 'reject')}
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

// One account as moderators see it: who it is, what was done, and what can be done.
import { useState } from 'preact/hooks'
import type { AccountWarning, AdminAccount, AdminReport } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { me } from '../api/session.ts'
import { go } from '../app/router.ts'
import { pendingChanged } from '../app/pending.ts'
import { profilePath } from '../post/who.tsx'
import { sure, tell } from '../ui/feedback.tsx'
import { number } from './chart.tsx'
import { Shown, useGet } from './load.tsx'
import { may } from './may.ts'
import { MeasureDialog } from './measure-dialog.tsx'
import { Notes } from './notes.tsx'
import { Doing, Field, handleOf, PersonRow, Section, When } from './parts.tsx'
import { a, named } from './words.ts'

const ROLE_NAMES: Record<string, string> = { '-99': 'user', '1': 'moderator', '2': 'admin', '3': 'owner' }

function Deeds({ account, changed }: { account: AdminAccount; changed: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const path = `/api/v1/admin/accounts/${account.id}`
  const lift = (verb: string) => async (): Promise<void> => {
    await post(`${path}/${verb}`)
    tell(a('done'))
    await changed()
  }
  const remove = async (): Promise<void> => {
    if (!(await sure(a('account.deleteSure', { name: handleOf(account) })))) return
    await call('DELETE', path)
    tell(a('account.deleted'))
    go('/admin/accounts', { replace: true })
  }
  return (
    <div class="admin-deeds">
      {account.id !== me.value.id && (
        <button class="button slim" type="button" onClick={() => setAsking(true)}>
          {a('report.act')}
        </button>
      )}
      {account.suspended && <Doing label={a('account.unsuspend')} run={lift('unsuspend')} />}
      {account.silenced && <Doing label={a('account.unsilence')} run={lift('unsilence')} />}
      {account.disabled === true && <Doing label={a('account.enable')} run={lift('enable')} />}
      {account.sensitized && <Doing label={a('account.unsensitive')} run={lift('unsensitive')} />}
      {account.suspended && may('delete-user-data') && (
        <Doing label={a('account.delete')} kind="danger" run={remove} />
      )}
      <a class="button slim quiet" href={profilePath(account.account)}>
        {a('account.profile')}
      </a>
      {asking && (
        <MeasureDialog
          accountId={account.id}
          name={handleOf(account)}
          isLocal={account.domain === null}
          onClose={() => setAsking(false)}
          onDone={() => {
            void changed()
            pendingChanged()
          }}
        />
      )}
    </div>
  )
}

function Facts({ account }: { account: AdminAccount }) {
  const facts: [string, preact.ComponentChildren][] = [
    [a('fact.joined'), <When at={account.created_at} key="joined" />],
    [a('fact.posts'), number(account.account.statuses_count)],
    [a('fact.followers'), number(account.account.followers_count)],
  ]
  if (account.email !== null) facts.push([a('fact.email'), account.email])
  if (account.locale !== null) facts.push([a('fact.language'), account.locale])
  if (account.domain !== null)
    facts.push([
      a('fact.server'),
      <a href={`/admin/domains?q=${encodeURIComponent(account.domain)}`} key="server">
        {account.domain}
      </a>,
    ])
  if (account.invited_by_account_id !== undefined)
    facts.push([
      a('fact.invitedBy'),
      <a href={`/admin/accounts/${account.invited_by_account_id}`} key="invited">
        {a('fact.show')}
      </a>,
    ])
  return (
    <dl class="admin-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
      {(account.ips ?? []).slice(0, 5).map((one) => (
        <div key={one.ip}>
          <dt>{a('fact.address')}</dt>
          <dd dir="ltr">
            <a href={`/admin/accounts?ip=${encodeURIComponent(one.ip)}`}>{one.ip}</a> ·{' '}
            <When at={one.used_at} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function RoleChoice({ account, changed }: { account: AdminAccount; changed: () => Promise<void> }) {
  const now = ROLE_NAMES[account.role?.id ?? '-99'] ?? 'user'
  const [role, setRole] = useState(now)
  return (
    <div class="form flat">
      <Field label={a('role.title')} hint={named('role', `${role}Hint`)}>
        <select class="field" value={role} onChange={(event) => setRole(event.currentTarget.value)}>
          {Object.values(ROLE_NAMES).map((name) => (
            <option value={name} key={name}>
              {named('role', name)}
            </option>
          ))}
        </select>
      </Field>
      <div>
        <Doing
          label={a('role.give')}
          disabled={role === now}
          run={async () => {
            await post(`/api/v1/admin/accounts/${account.id}/role`, { role })
            tell(a('done'))
            await changed()
          }}
        />
      </div>
    </div>
  )
}

function History({ id }: { id: string }) {
  const strikes = useGet<AccountWarning[]>(`/api/v1/admin/accounts/${id}/strikes`)
  const reports = useGet<AdminReport[]>(`/api/v1/admin/reports?target_account_id=${id}`)
  return (
    <>
      <Shown of={reports}>
        {(list) =>
          list.length === 0 ? (
            <p class="soft">{a('account.noReports')}</p>
          ) : (
            <ul class="admin-lines">
              {list.map((report) => (
                <li key={report.id}>
                  <a href={`/admin/reports/${report.id}`}>{report.comment || a('report.noComment')}</a>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <Shown of={strikes}>
        {(list) =>
          list.length === 0 ? (
            <p class="soft">{a('account.noStrikes')}</p>
          ) : (
            <ul class="admin-lines">
              {list.map((strike) => (
                <li key={strike.id}>
                  <strong>{named('do', strike.action)}</strong> <When at={strike.created_at} />
                  {strike.text !== '' && <p dir="auto">{strike.text}</p>}
                  {strike.appeal && <small class="soft">{named('appeal', strike.appeal.state)}</small>}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  )
}

export function AccountView({ id }: { id: string }) {
  const account = useGet<AdminAccount>(`/api/v1/admin/accounts/${id}`)
  return (
    <Shown of={account}>
      {(one) => (
        <div class="admin-page">
          <PersonRow account={one} />
          <Deeds account={one} changed={account.reload} />
          {one.suspended && <p class="admin-lead">{a('account.suspendedText')}</p>}
          <Section title={a('account.facts')}>
            <Facts account={one} />
          </Section>
          {one.invite_request !== null && (
            <Section title={a('account.reason')}>
              <blockquote class="admin-quote" dir="auto">
                {one.invite_request}
              </blockquote>
            </Section>
          )}
          <Section title={a('account.history')}>
            <History id={one.id} />
          </Section>
          {one.domain === null && may('manage-roles') && one.id !== me.value.id && (
            <Section title={a('role.title')}>
              <RoleChoice account={one} changed={account.reload} />
            </Section>
          )}
          <Section title={a('notes')}>
            <Notes path={`/api/v1/admin/accounts/${one.id}/notes`} />
          </Section>
        </div>
      )}
    </Shown>
  )
}

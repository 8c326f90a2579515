// The queue of reports, and one report with the posts it is about and everything that can be done.
import { useState } from 'preact/hooks'
import type { AdminReport } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { Post } from '../post/post.tsx'
import { openLightbox } from '../post/lightbox.tsx'
import { now } from '../ui/now.ts'
import { pendingChanged } from '../app/pending.ts'
import { More, Shown, useGet, usePages } from './load.tsx'
import { MeasureDialog } from './measure-dialog.tsx'
import { Notes } from './notes.tsx'
import { Doing, handleOf, PersonRow, Section, Tag, When } from './parts.tsx'
import { a, named } from './words.ts'

export function Reports({ resolved }: { resolved: boolean }) {
  const reports = usePages<AdminReport>(`/api/v1/admin/reports?limit=40${resolved ? '&resolved=true' : ''}`)
  return (
    <>
      <nav class="tabs" aria-label={a('reports.which')}>
        <a href="/admin/reports" {...(resolved ? {} : { 'aria-current': 'page' as const })}>
          {a('reports.open')}
        </a>
        <a href="/admin/reports?resolved=1" {...(resolved ? { 'aria-current': 'page' as const } : {})}>
          {a('reports.resolved')}
        </a>
      </nav>
      <Shown
        of={reports}
        empty={
          <>
            <h2>{a('reports.none')}</h2>
            <p>{a('reports.noneText')}</p>
          </>
        }
      >
        {(list) => (
          <ul class="rows">
            {list.map((report) => (
              <li key={report.id}>
                <a class="row-link admin-report" href={`/admin/reports/${report.id}`}>
                  <span>
                    <strong dir="auto">{handleOf(report.target_account)}</strong>
                    <span class="excerpt-line" dir="auto">
                      {report.comment || a('report.noComment')}
                    </span>
                    <small class="soft">
                      {named('category', report.category)} ·{' '}
                      {a('report.posts', { count: report.statuses.length })} ·{' '}
                      {a('report.by', { name: handleOf(report.account) })} · <When at={report.created_at} />
                    </small>
                  </span>
                  {report.assigned_account && <Tag>{handleOf(report.assigned_account)}</Tag>}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Shown>
      <More of={reports} />
    </>
  )
}

function Steps({ report, changed }: { report: AdminReport; changed: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const path = `/api/v1/admin/reports/${report.id}`
  const step = (name: string) => async (): Promise<void> => {
    await post(`${path}/${name}`)
    await changed()
  }
  return (
    <div class="admin-deeds">
      {report.action_taken ? (
        <Doing label={a('report.reopen')} run={step('reopen')} />
      ) : (
        <>
          <button class="button slim" type="button" onClick={() => setAsking(true)}>
            {a('report.act')}
          </button>
          <Doing label={a('report.resolve')} run={step('resolve')} />
          {report.assigned_account ? (
            <Doing label={a('report.unassign')} run={step('unassign')} />
          ) : (
            <Doing label={a('report.assign')} run={step('assign_to_self')} />
          )}
        </>
      )}
      {asking && (
        <MeasureDialog
          accountId={report.target_account.id}
          name={handleOf(report.target_account)}
          isLocal={report.target_account.domain === null}
          reportId={report.id}
          hasPosts={report.statuses.length > 0}
          onClose={() => setAsking(false)}
          onDone={() => void changed()}
        />
      )}
    </div>
  )
}

export function ReportView({ id }: { id: string }) {
  const report = useGet<AdminReport>(`/api/v1/admin/reports/${id}`)
  const changed = async (): Promise<void> => {
    await report.reload()
    pendingChanged()
  }
  return (
    <Shown of={report}>
      {(one) => (
        <div class="admin-page">
          <Steps report={one} changed={changed} />
          <Section title={a('report.about')}>
            <PersonRow account={one.target_account} />
            <p class="soft">
              {named('category', one.category)} · <When at={one.created_at} />
              {one.action_taken &&
                ` · ${a('report.done', { name: one.action_taken_by_account ? handleOf(one.action_taken_by_account) : '' })}`}
            </p>
            {one.rules.length > 0 && (
              <ul class="admin-rules">
                {one.rules.map((rule) => (
                  <li key={rule.id} dir="auto">
                    {rule.text}
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section title={a('report.said')}>
            <blockquote class="admin-quote" dir="auto">
              {one.comment || a('report.noComment')}
            </blockquote>
            <PersonRow account={one.account} />
          </Section>
          <Section title={a('report.reported')}>
            {one.statuses.length === 0 && <p class="soft">{a('report.noPosts')}</p>}
            <div class="card admin-posts">
              {one.statuses.map((status) => (
                <Post
                  key={status.id}
                  status={status}
                  now={now.value}
                  onOpenMedia={(index) => openLightbox(status.media_attachments, index)}
                  open={{ warnings: true, media: 'default' }}
                />
              ))}
            </div>
          </Section>
          <Section title={a('notes')}>
            <Notes path={`/api/v1/admin/reports/${one.id}/notes`} />
          </Section>
        </div>
      )}
    </Shown>
  )
}

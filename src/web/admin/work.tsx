// What the server is busy with: servers that do not answer, queues, and jobs that were given up.
import type { AdminWork } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { sure, tell } from '../ui/feedback.tsx'
import { number } from './chart.tsx'
import { Shown, useGet } from './load.tsx'
import type { Loaded } from './load.tsx'
import { Doing, Lead, Section, When } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/work'

function Hosts({ work, of }: { work: AdminWork; of: Loaded<AdminWork> }) {
  const settle = (domain: string, deed: string) => async (): Promise<void> => {
    if (deed === 'drop' && !(await sure(a('work.dropSure', { name: domain })))) return
    const { count } = await post<{ count: number }>(`${PATH}/hosts/${domain}/${deed}`)
    tell(a(deed === 'drop' ? 'work.dropped' : 'work.retried', { count }))
    await of.reload()
  }
  if (work.hosts.length === 0) return <p class="soft">{a('work.noHosts')}</p>
  return (
    <ul class="admin-cards">
      {work.hosts.map((host) => (
        <li class="card" key={host.domain}>
          <strong dir="ltr">{host.domain}</strong>
          <p class="soft">
            {a('work.hostWaiting', { count: host.waiting, attempts: host.attempts })}
            {host.failing_since !== null && (
              <>
                {' · '}
                {a('work.since')} <When at={host.failing_since} />
              </>
            )}
          </p>
          {host.last_error !== null && (
            <p class="admin-error" dir="auto">
              {host.last_error}
            </p>
          )}
          <div class="admin-deeds">
            <Doing label={a('work.retry')} describe={host.domain} run={settle(host.domain, 'retry')} />
            <Doing label={a('work.drop')} describe={host.domain} run={settle(host.domain, 'drop')} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function Queues({ work }: { work: AdminWork }) {
  if (work.queues.length === 0) return <p class="soft">{a('work.noQueues')}</p>
  return (
    <div class="chart-table tall" tabIndex={0} role="region" aria-label={a('work.queues')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{a('work.queue')}</th>
            <th scope="col">{a('work.waiting')}</th>
            <th scope="col">{a('work.failed')}</th>
            <th scope="col">{a('work.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {work.queues.map((queue) => (
            <tr key={queue.name}>
              <th scope="row">{queue.name}</th>
              <td>{number(queue.waiting)}</td>
              <td>{number(queue.failed)}</td>
              <td>
                <When at={queue.oldest_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GivenUp({ work, of }: { work: AdminWork; of: Loaded<AdminWork> }) {
  const settle = (id: string, deed: string) => async (): Promise<void> => {
    await post(`${PATH}/jobs/${id}/${deed}`)
    await of.reload()
  }
  if (work.given_up.length === 0) return <p class="soft">{a('work.noneGivenUp')}</p>
  return (
    <ul class="admin-cards">
      {work.given_up.map((job) => (
        <li class="card" key={job.id}>
          <strong>{job.kind}</strong>
          <p class="soft">
            <When at={job.failed_at} />
          </p>
          <p class="admin-error" dir="auto">
            {job.error}
          </p>
          <div class="admin-deeds">
            <Doing label={a('work.retry')} describe={job.kind} run={settle(job.id, 'retry')} />
            <Doing label={a('work.forget')} describe={job.kind} run={settle(job.id, 'drop')} />
          </div>
        </li>
      ))}
    </ul>
  )
}

export function Work() {
  const work = useGet<AdminWork>(PATH)
  return (
    <div class="admin-page">
      <Lead>{a('work.lead')}</Lead>
      <Shown of={work}>
        {(one) => (
          <>
            <Section title={a('work.hosts')}>
              <p>
                {a('work.deliveries', { count: one.deliveries_waiting, overdue: one.deliveries_overdue })}
              </p>
              <Hosts work={one} of={work} />
            </Section>
            <Section title={a('work.queues')}>
              <Queues work={one} />
            </Section>
            <Section title={a('work.givenUp')}>
              <GivenUp work={one} of={work} />
            </Section>
          </>
        )}
      </Shown>
    </div>
  )
}

// How the server is doing: what waits for somebody, and what happened in the last weeks.
import { useState } from 'preact/hooks'
import type { AdminDimension, AdminMeasure, AdminPending } from '../../contract/entities.ts'
import { get, post } from '../api/http.ts'
import { Chart, number, Shares } from './chart.tsx'
import { Shown, useLoaded } from './load.tsx'
import { Choice, Section } from './parts.tsx'
import { a, named } from './words.ts'

const KEYS = [
  'new_users',
  'active_users',
  'posts',
  'interactions',
  'opened_reports',
  'resolved_reports',
  'received',
  'delivered',
  'undelivered',
]
const DAY_MS = 86_400_000
const PERIODS = ['7', '30', '90', '365'] as const

function Waiting() {
  const pending = useLoaded(() => get<AdminPending>('/api/v1/admin/pending'))
  return (
    <Shown of={pending}>
      {({ reports, accounts, appeals }) => (
        <ul class="admin-waiting">
          {(
            [
              ['reports', reports, '/admin/reports'],
              ['accounts', accounts, '/admin/accounts?status=pending'],
              ['appeals', appeals, '/admin/appeals'],
            ] as const
          ).map(([name, count, path]) => (
            <li key={name} class={count > 0 ? 'busy' : ''}>
              <a href={path}>
                <strong>{count > 99 ? '99+' : number(count)}</strong>
                <span>{named('waiting', name)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Shown>
  )
}

function Shapes({ dimension }: { dimension: AdminDimension }) {
  const shares = dimension.data.map((one) => ({
    label: one.human_key === 'website' ? a('share.website') : named('share', one.human_key),
    value: Number(one.value),
    text: one.human_value ?? number(Number(one.value)),
  }))
  return (
    <div class="card chart">
      <h3>{named('dimension', dimension.key)}</h3>
      {shares.length === 0 ? <p class="soft">{a('nothing')}</p> : <Shares shares={shares} />}
    </div>
  )
}

function Versions({ dimension }: { dimension: AdminDimension }) {
  return (
    <p class="soft admin-versions">
      {dimension.data
        .map((one) => (one.key === 'database' ? one.human_key : `${one.human_key} ${one.value}`))
        .join(' · ')}
    </p>
  )
}

export function Overview() {
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30')
  const numbers = useLoaded(async () => {
    const now = Date.now()
    const period = {
      start_at: new Date(now - (Number(days) - 1) * DAY_MS).toISOString(),
      end_at: new Date(now).toISOString(),
    }
    const [measures, dimensions] = await Promise.all([
      post<AdminMeasure[]>('/api/v1/admin/measures', { keys: KEYS, ...period }),
      post<AdminDimension[]>('/api/v1/admin/dimensions', {
        keys: ['servers', 'languages', 'sources', 'space_usage', 'software_versions'],
        limit: 6,
        ...period,
      }),
    ])
    return { measures, dimensions }
  }, [days])
  return (
    <div class="admin-page">
      <Section title={a('overview.waiting')}>
        <Waiting />
      </Section>
      <Section title={a('overview.happened')}>
        <Choice
          legend={a('overview.period')}
          name="period"
          value={days}
          set={setDays}
          options={PERIODS.map((value) => ({ value, label: a('overview.days', { count: Number(value) }) }))}
        />
        <Shown of={numbers}>
          {({ measures, dimensions }) => (
            <>
              <div class="charts">
                {measures.map((measure) => (
                  <Chart measure={measure} key={measure.key} />
                ))}
              </div>
              <div class="charts">
                {dimensions
                  .filter((one) => one.key !== 'software_versions')
                  .map((one) => (
                    <Shapes dimension={one} key={one.key} />
                  ))}
              </div>
              {dimensions
                .filter((one) => one.key === 'software_versions')
                .map((one) => (
                  <Versions dimension={one} key={one.key} />
                ))}
            </>
          )}
        </Shown>
      </Section>
    </div>
  )
}

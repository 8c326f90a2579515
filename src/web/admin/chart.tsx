// A small chart of days as plain SVG, with the same numbers in a table for those who would rather read.
import type { AdminMeasure } from '../../contract/entities.ts'
import { fullDay } from '../i18n/moments.ts'
import { currentLanguage } from '../i18n/words.ts'
import { a, named } from './words.ts'

const WIDTH = 300
const HEIGHT = 72

export function number(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value)
}

function Change({ now, before }: { now: number; before: number | undefined }) {
  if (before === undefined) return null
  const text =
    before === 0
      ? a('chart.before', { count: before })
      : a('chart.change', { percent: Math.round(((now - before) / before) * 100) })
  return <small class="soft">{text}</small>
}

/** More would be thinner than a hair on a phone. */
const MOST_BARS = 92

/** The sums of as many days as it takes; the last bar ends today. */
function barsOf(days: readonly number[]): number[] {
  const size = Math.ceil(days.length / MOST_BARS)
  if (size <= 1) return [...days]
  const missing = (size - (days.length % size)) % size
  const full = [...Array.from({ length: missing }, () => 0), ...days]
  return Array.from({ length: full.length / size }, (_, bar) =>
    full.slice(bar * size, (bar + 1) * size).reduce((sum, value) => sum + value, 0),
  )
}

export function Chart({ measure }: { measure: AdminMeasure }) {
  const values = barsOf(measure.data.map((day) => Number(day.value)))
  const most = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  const title = named('measure', measure.key)
  const total = Number(measure.total)
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{title}</span>
        <strong>{number(total)}</strong>
        <Change
          now={total}
          before={measure.previous_total === undefined ? undefined : Number(measure.previous_total)}
        />
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="chart-ground" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {values.map((value, index) => {
          const tall = value === 0 ? 0 : Math.max(2, (value / most) * (HEIGHT - 4))
          return (
            <rect
              key={index}
              x={index * step + step * 0.14}
              y={HEIGHT - tall}
              width={step * 0.72}
              height={tall}
              rx={Math.min(2, step * 0.3)}
            />
          )
        })}
      </svg>
      <details>
        <summary>{a('chart.table')}</summary>
        <div class="chart-table" tabIndex={0} role="region" aria-label={title}>
          <table>
            <caption class="hidden-text">{title}</caption>
            <tbody>
              {measure.data.toReversed().map((day) => (
                <tr key={day.date}>
                  <th scope="row">{fullDay(day.date)}</th>
                  <td>{number(Number(day.value))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

interface Share {
  label: string
  value: number
  text: string
}

/** Bars beside names: what makes up a whole. */
export function Shares({ shares }: { shares: readonly Share[] }) {
  const most = Math.max(1, ...shares.map((share) => share.value))
  return (
    <ul class="shares">
      {shares.map((share) => (
        <li key={share.label}>
          <span dir="auto">{share.label}</span>
          <strong>{share.text}</strong>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="chart-track" width="100" height="4" rx="2" />
            <rect width={Math.max(1, (share.value / most) * 100)} height="4" rx="2" />
          </svg>
        </li>
      ))}
    </ul>
  )
}

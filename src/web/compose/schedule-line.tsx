// When a post for later is published: a date and a time in the person's own time zone.
import { currentLanguage, t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { change, hasContent } from './draft.ts'
import type { Draft } from './draft.ts'

const SOONEST_MS = 5 * 60_000
const MINUTE_MS = 60_000

/** "2026-01-31T09:30" in the time of this device, as fields for date and time want it. */
export function localTime(ms: number): string {
  const date = new Date(ms)
  return new Date(ms - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** Tomorrow at nine, a time that harms nobody. */
export function likelyTime(): string {
  const date = new Date()
  date.setDate(date.getDate() + 1)
  date.setHours(9, 0, 0, 0)
  return date.toISOString()
}

function zoneName(iso: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), { timeZoneName: 'long' })
  const name = format.formatToParts(new Date(iso)).find((part) => part.type === 'timeZoneName')?.value
  return name ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function ScheduleLine({ now }: { now: Draft }) {
  if (now.scheduledAt === '') return null
  const isSoon = Date.parse(now.scheduledAt) < Date.now() + SOONEST_MS
  const isThread = now.parts.filter(hasContent).length > 1
  return (
    <div class="schedule-line">
      <Icon name="clock" />
      <label>
        <span class="hidden-text">{t('compose.scheduleAt')}</span>
        <input
          class="field slim"
          type="datetime-local"
          required
          min={localTime(Date.now() + SOONEST_MS)}
          value={localTime(Date.parse(now.scheduledAt))}
          onChange={(event) => {
            const at = new Date(event.currentTarget.value)
            if (!Number.isNaN(at.getTime())) change({ scheduledAt: at.toISOString() })
          }}
        />
      </label>
      <span class="soft small">{zoneName(now.scheduledAt)}</span>
      {now.scheduledId === undefined && (
        <button
          class="icon-button small"
          type="button"
          aria-label={t('compose.scheduleNot')}
          title={t('compose.scheduleNot')}
          onClick={() => change({ scheduledAt: '' })}
        >
          <Icon name="close" />
        </button>
      )}
      {isSoon && <p class="reach warn">{t('compose.scheduleSoon')}</p>}
      {isThread && <p class="reach warn">{t('compose.scheduleThread')}</p>}
    </div>
  )
}

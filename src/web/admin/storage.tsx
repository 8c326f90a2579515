// How much space everything takes, and clearing copies of other servers' media.
import { useState } from 'preact/hooks'
import type { AdminStorage } from '../../contract/entities.ts'
import { post } from '../api/http.ts'
import { sure, tell } from '../ui/feedback.tsx'
import { number, Shares } from './chart.tsx'
import { Shown, useGet } from './load.tsx'
import { bytes, Doing, Field, Lead, Section, When } from './parts.tsx'
import { a } from './words.ts'

export function Storage() {
  const storage = useGet<AdminStorage>('/api/v1/admin/storage')
  const [days, setDays] = useState('7')
  return (
    <div class="admin-page">
      <Lead>{a('storage.lead')}</Lead>
      <Shown of={storage}>
        {(use) => (
          <div class="card chart">
            <Shares
              shares={[
                { label: a('share.database'), value: use.database, text: bytes(use.database) },
                {
                  label: a('storage.own', { files: number(use.own_files) }),
                  value: use.own_media,
                  text: bytes(use.own_media),
                },
                {
                  label: a('storage.copies', { files: number(use.cached_files) }),
                  value: use.cached_media,
                  text: bytes(use.cached_media),
                },
              ]}
            />
            <small class="soft">
              {a('storage.measured')} <When at={use.measured_at} />
            </small>
          </div>
        )}
      </Shown>
      <Section title={a('storage.purge')}>
        <div class="form flat">
          <Field label={a('storage.days')} hint={a('storage.daysHint')}>
            <input
              class="field"
              type="number"
              min="0"
              max="3650"
              value={days}
              onInput={(event) => setDays(event.currentTarget.value)}
            />
          </Field>
          <div>
            <Doing
              label={a('storage.purge')}
              run={async () => {
                if (!(await sure(a('storage.purgeSure', { days: Number(days) })))) return
                await post('/api/v1/admin/storage/purge', { days: Number(days) })
                tell(a('storage.purged'))
              }}
            />
          </div>
        </div>
      </Section>
    </div>
  )
}

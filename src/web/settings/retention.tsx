// Lets one's own posts delete themselves after some time, with what is kept all the same.
import { useEffect, useState } from 'preact/hooks'
import type { PostRetention } from '../../contract/entities.ts'
import { call, get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt, sure, tell } from '../ui/feedback.tsx'

const AGES = [7, 14, 30, 60, 90, 180, 365, 730, 1825] as const
const KEPT = ['pinned', 'direct', 'media', 'polls', 'bookmarked', 'favourited'] as const
const NUMBERS = [
  ['min_favourites', 'retention.minFavourites'],
  ['min_boosts', 'retention.minBoosts'],
] as const

function wishOf(form: HTMLFormElement): Omit<PostRetention, 'min_favourites' | 'min_boosts'> & {
  min_favourites: string
  min_boosts: string
} {
  const data = new FormData(form)
  const number = (name: string): string => {
    const typed = data.get(name)
    return typeof typed === 'string' ? typed : ''
  }
  return {
    enabled: data.has('enabled'),
    days: Number(data.get('days')),
    keep_pinned: data.has('pinned'),
    keep_direct: data.has('direct'),
    keep_media: data.has('media'),
    keep_polls: data.has('polls'),
    keep_bookmarked: data.has('bookmarked'),
    keep_favourited: data.has('favourited'),
    min_favourites: number('min_favourites'),
    min_boosts: number('min_boosts'),
  }
}

function Fields({ rules }: { rules: PostRetention }) {
  const ages = [...new Set([...AGES, rules.days])].toSorted((a, b) => a - b)
  return (
    <>
      <label>
        {t('retention.days')}
        <select class="field" name="days" defaultValue={String(rules.days)}>
          {ages.map((days) => (
            <option value={days} selected={days === rules.days} key={days}>
              {t('retention.ageDays', { days })}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="plain-set">
        <legend>{t('retention.keep')}</legend>
        {KEPT.map((kind) => (
          <label class="check" key={kind}>
            <input type="checkbox" name={kind} defaultChecked={rules[`keep_${kind}`]} />
            {t(`retention.${kind}`)}
          </label>
        ))}
      </fieldset>
      {NUMBERS.map(([name, label]) => (
        <label key={name}>
          {t(label)}
          <input
            class="field"
            type="number"
            name={name}
            min={1}
            max={1_000_000}
            defaultValue={rules[name]?.toString() ?? ''}
            aria-describedby="no-matter"
          />
        </label>
      ))}
      <p class="soft small" id="no-matter">
        {t('retention.noMatter')}
      </p>
    </>
  )
}

export function Retention() {
  const [rules, setRules] = useState<PostRetention>()
  const [on, setOn] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void attempt(async () => {
      const found = await get<PostRetention>('/api/v1/post_retention')
      setRules(found)
      setOn(found.enabled)
    })
  }, [])
  if (!rules) return null
  const save = async (form: HTMLFormElement): Promise<void> => {
    const wish = wishOf(form)
    if (wish.enabled && !(await sure(t('retention.sure', { days: wish.days })))) return
    setBusy(true)
    const done = await attempt(async () =>
      setRules(
        await call<PostRetention>('PUT', '/api/v1/post_retention', {
          body: wish.enabled ? wish : { enabled: false },
        }),
      ),
    )
    setBusy(false)
    if (done) tell(t('ui.saved'))
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <p class="soft">{t('retention.text')}</p>
      <label class="check">
        <input
          type="checkbox"
          name="enabled"
          checked={on}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        {t('retention.on')}
      </label>
      {on && <Fields rules={rules} />}
      <div class="dialog-row">
        <button class="button" type="submit" disabled={busy}>
          {t('ui.save')}
        </button>
      </div>
    </form>
  )
}

// One filter: its words, where it counts and what it does.
import { useState } from 'preact/hooks'
import type { Filter } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt } from '../ui/feedback.tsx'

const PLACES = ['home', 'notifications', 'public', 'thread', 'account'] as const
const ACTIONS = ['warn', 'hide', 'blur'] as const

interface FilterFormProps {
  filter: Filter | undefined
  onClose: () => void
  onSaved: (filter: Filter) => void
}

/** Words of the filter as one writes them: one to a line. */
function wordsOf(filter: Filter | undefined): string {
  return (filter?.keywords ?? []).map((one) => one.keyword).join('\n')
}

/** Which words to add, keep and take away so that the filter has these. */
function keywordChanges(filter: Filter | undefined, text: string): object[] {
  const wanted = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
  const old = filter?.keywords ?? []
  const gone = old
    .filter((one) => !wanted.includes(one.keyword))
    .map((one) => ({ id: one.id, _destroy: true }))
  const fresh = wanted.filter((word) => !old.some((one) => one.keyword === word))
  return [...gone, ...fresh.map((keyword) => ({ keyword, whole_word: true }))]
}

function bodyOf(form: FormData, filter: Filter | undefined): object {
  const words = form.get('words')
  return {
    title: form.get('title'),
    context: form.getAll('context'),
    filter_action: form.get('filter_action'),
    keywords_attributes: keywordChanges(filter, typeof words === 'string' ? words : ''),
  }
}

function Places({ chosen }: { chosen: readonly string[] }) {
  return (
    <fieldset class="choices column-choices">
      <legend>{t('filters.where')}</legend>
      {PLACES.map((place) => (
        <label class="check" key={place}>
          <input type="checkbox" name="context" value={place} defaultChecked={chosen.includes(place)} />
          {t(`filters.${place}`)}
        </label>
      ))}
    </fieldset>
  )
}

function Words({ filter }: { filter: Filter | undefined }) {
  return (
    <>
      <label>
        {t('filters.title')}
        <input
          class="field"
          name="title"
          required
          maxLength={200}
          defaultValue={filter?.title ?? ''}
          dir="auto"
        />
      </label>
      <label>
        {t('filters.words')}
        <textarea class="field" name="words" rows={4} required defaultValue={wordsOf(filter)} dir="auto" />
      </label>
      <label>
        {t('filters.action')}
        <select class="field" name="filter_action" defaultValue={filter?.filter_action ?? 'warn'}>
          {ACTIONS.map((action) => (
            <option value={action} key={action}>
              {t(`filters.${action}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

export function FilterForm({ filter, onClose, onSaved }: FilterFormProps) {
  const [busy, setBusy] = useState(false)
  const save = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true)
    const body = bodyOf(new FormData(form), filter)
    const done = await attempt(async () =>
      onSaved(
        filter
          ? await call<Filter>('PUT', `/api/v2/filters/${filter.id}`, { body })
          : await call<Filter>('POST', '/api/v2/filters', { body }),
      ),
    )
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog label={t(filter ? 'filters.edit' : 'filters.new')} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save(event.currentTarget)
        }}
      >
        <Words filter={filter} />
        <Places chosen={filter?.context ?? PLACES} />
        <div class="dialog-row">
          <button class="button" type="submit" disabled={busy}>
            {t('ui.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

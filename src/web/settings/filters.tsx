// One's filters: posts with these words are hidden, blurred or shown behind a note.
import { useEffect, useState } from 'preact/hooks'
import type { Filter } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { call, get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { attempt, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { FilterForm } from './filter-form.tsx'

function Row({ filter, onEdit, onGone }: { filter: Filter; onEdit: () => void; onGone: () => void }) {
  const remove = async (): Promise<void> => {
    if (!(await sure(t('filters.removeSure', { title: filter.title })))) return
    if (await attempt(() => call('DELETE', `/api/v2/filters/${filter.id}`))) onGone()
  }
  return (
    <li>
      <button class="row-link" type="button" onClick={onEdit}>
        <span class="filter-words">
          <strong dir="auto">{filter.title}</strong>
          <small class="soft">
            {t(`filters.${filter.filter_action}`)} ·{' '}
            {(filter.keywords ?? []).map((one) => one.keyword).join(', ')}
          </small>
        </span>
      </button>
      <Menu
        label={t('nav.more')}
        items={[
          { label: t('filters.edit'), icon: 'pen', run: onEdit },
          { label: t('filters.remove'), icon: 'trash', danger: true, run: () => void remove() },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  )
}

export function Filters() {
  const [filters, setFilters] = useState<Filter[] | undefined>(undefined)
  const [editing, setEditing] = useState<Filter | 'new' | undefined>(undefined)
  useEffect(() => void attempt(async () => setFilters(await get<Filter[]>('/api/v2/filters'))), [])
  const change = (make: (old: Filter[]) => Filter[]): void => {
    setFilters((old) => make(old ?? []))
    forgetFeeds()
  }
  return (
    <>
      <div class="inline-form">
        <button class="button" type="button" onClick={() => setEditing('new')}>
          <Icon name="plus" />
          {t('filters.new')}
        </button>
      </div>
      <ul class="rows">
        {filters?.map((filter) => (
          <Row
            filter={filter}
            key={filter.id}
            onEdit={() => setEditing(filter)}
            onGone={() => change((old) => old.filter((one) => one.id !== filter.id))}
          />
        ))}
      </ul>
      {filters?.length === 0 && (
        <div class="empty">
          <h2>{t('filters.empty')}</h2>
          <p>{t('filters.emptyText')}</p>
        </div>
      )}
      {editing !== undefined && (
        <FilterForm
          filter={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={(saved) => change((old) => [...old.filter((one) => one.id !== saved.id), saved])}
        />
      )}
    </>
  )
}

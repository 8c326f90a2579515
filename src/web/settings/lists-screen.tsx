// One's lists: making, renaming and deleting them, and who is in them.
import { useEffect, useState } from 'preact/hooks'
import type { List } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { call, get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { PeopleList } from '../profile/people-list.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'

function NewList({ onMade }: { onMade: (list: List) => void }) {
  const [title, setTitle] = useState('')
  const make = (): void =>
    void attempt(async () => {
      onMade(await post<List>('/api/v1/lists', { title }))
      setTitle('')
    })
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <input
        class="field"
        aria-label={t('lists.name')}
        placeholder={t('lists.name')}
        maxLength={100}
        required
        value={title}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      <button class="button" type="submit">
        {t('lists.create')}
      </button>
    </form>
  )
}

function EditList({
  list,
  onClose,
  onChange,
}: {
  list: List
  onClose: () => void
  onChange: (list: List) => void
}) {
  const [title, setTitle] = useState(list.title)
  const [exclusive, setExclusive] = useState(list.exclusive)
  const save = (): void =>
    void attempt(async () => {
      onChange(await call<List>('PUT', `/api/v1/lists/${list.id}`, { body: { title, exclusive } }))
      onClose()
    })
  return (
    <Dialog label={t('lists.rename')} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label>
          {t('lists.name')}
          <input
            class="field"
            maxLength={100}
            required
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={exclusive}
            onChange={(event) => setExclusive(event.currentTarget.checked)}
          />
          {t('lists.exclusive')}
        </label>
        <div class="dialog-row">
          <button class="button" type="submit">
            {t('ui.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function Members({ list, onClose }: { list: List; onClose: () => void }) {
  const remove = (id: string, drop: () => void): void =>
    void attempt(async () => {
      await call('DELETE', `/api/v1/lists/${list.id}/accounts`, { body: { account_ids: [id] } })
      drop()
    })
  return (
    <Dialog label={t('lists.members')} onClose={onClose} titled>
      <PeopleList
        path={`/api/v1/lists/${list.id}/accounts?limit=40`}
        empty={t('people.empty')}
        tools={(account, drop) => (
          <button class="button quiet slim" type="button" onClick={() => remove(account.id, drop)}>
            {t('ui.remove')}
          </button>
        )}
      />
    </Dialog>
  )
}

function ListRow({
  list,
  onChange,
  onGone,
}: {
  list: List
  onChange: (list: List) => void
  onGone: () => void
}) {
  const [doing, setDoing] = useState<'edit' | 'members' | undefined>(undefined)
  const remove = async (): Promise<void> => {
    if (!(await sure(t('lists.removeSure', { name: list.title })))) return
    if (await attempt(() => call('DELETE', `/api/v1/lists/${list.id}`))) onGone()
  }
  const close = (): void => setDoing(undefined)
  return (
    <li>
      <a class="row-link" href={`/lists/${list.id}`}>
        <Icon name="list" />
        <strong dir="auto">{list.title}</strong>
      </a>
      <Menu
        label={t('nav.more')}
        items={[
          { label: t('lists.members'), icon: 'people', run: () => setDoing('members') },
          { label: t('lists.rename'), icon: 'pen', run: () => setDoing('edit') },
          { label: t('lists.remove'), icon: 'trash', danger: true, run: () => void remove() },
        ]}
      >
        <Icon name="more" />
      </Menu>
      {doing === 'edit' && <EditList list={list} onClose={close} onChange={onChange} />}
      {doing === 'members' && <Members list={list} onClose={close} />}
    </li>
  )
}

export default function ListsScreen({ place }: ScreenProps) {
  const [lists, setLists] = useState<List[] | undefined>(undefined)
  useEffect(() => void attempt(async () => setLists(await get<List[]>('/api/v1/lists'))), [])
  return (
    <ScreenFrame title={t('lists.title')} scroll={place.scroll}>
      <NewList onMade={(list) => setLists((old) => [...(old ?? []), list])} />
      <ul class="rows">
        {lists?.map((list) => (
          <ListRow
            list={list}
            key={list.id}
            onChange={(changed) =>
              setLists((old) => old?.map((one) => (one.id === changed.id ? changed : one)))
            }
            onGone={() => setLists((old) => old?.filter((one) => one.id !== list.id))}
          />
        ))}
      </ul>
      {lists?.length === 0 && (
        <div class="empty">
          <h2>{t('lists.empty')}</h2>
          <p>{t('lists.emptyText')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}

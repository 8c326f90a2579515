// One's circles: making, renaming and deleting them, and who is in them.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Circle } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { PeopleList } from '../profile/people-list.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, reasonOf, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { changeMember, circles, deleteCircle, loadCircles, renameCircle } from './circles.ts'
import { NewCircle } from './new-circle.tsx'
import { PersonSearch } from './person-search.tsx'

function Rename({ circle, onClose }: { circle: Circle; onClose: () => void }) {
  const [title, setTitle] = useState(circle.title)
  const save = (): void =>
    void attempt(async () => {
      await renameCircle(circle.id, title)
      onClose()
    })
  return (
    <Dialog label={t('circles.rename')} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label>
          {t('circles.name')}
          <input
            class="field"
            maxLength={100}
            required
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
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

function Members({ circle, onClose }: { circle: Circle; onClose: () => void }) {
  // Made anew when somebody joins: the list then asks again.
  const [round, setRound] = useState(0)
  const add = (account: Account): void =>
    void attempt(async () => {
      await changeMember(circle.id, account, true)
      setRound(round + 1)
    })
  const remove = (account: Account, drop: () => void): void =>
    void attempt(async () => {
      await changeMember(circle.id, account, false)
      drop()
    })
  return (
    <Dialog
      label={t('circles.members', { name: circle.title })}
      onClose={onClose}
      titled
      kind="members-dialog"
    >
      <div class="members-add">
        <PersonSearch label={t('circles.add')} onPick={add} />
        <p class="soft small">{t('circles.who')}</p>
      </div>
      <PeopleList
        key={round}
        path={`/api/v1/circles/${circle.id}/accounts?limit=40`}
        empty={t('circles.nobody')}
        tools={(account, drop) => (
          <button class="button quiet slim" type="button" onClick={() => remove(account, drop)}>
            {t('ui.remove')}
          </button>
        )}
      />
    </Dialog>
  )
}

function CircleRow({ circle }: { circle: Circle }) {
  const [doing, setDoing] = useState<'rename' | 'members' | undefined>(undefined)
  const remove = async (): Promise<void> => {
    if (await sure(t('circles.removeSure', { name: circle.title })))
      await attempt(() => deleteCircle(circle.id))
  }
  const close = (): void => setDoing(undefined)
  return (
    <li>
      <a class="row-link" href={`/circles/${circle.id}`}>
        <Icon name="circle" />
        <strong dir="auto">{circle.title}</strong>
        <span class="soft small">{t('circles.count', { count: circle.accounts_count })}</span>
      </a>
      <button class="button quiet slim" type="button" onClick={() => setDoing('members')}>
        <Icon name="people" />
        <span class="wide-only">{t('circles.people')}</span>
        <span class="hidden-text">{circle.title}</span>
      </button>
      <Menu
        label={`${t('nav.more')}: ${circle.title}`}
        items={[
          { label: t('circles.rename'), icon: 'pen', run: () => setDoing('rename') },
          { label: t('circles.remove'), icon: 'trash', danger: true, run: () => void remove() },
        ]}
      >
        <Icon name="more" />
      </Menu>
      {doing === 'rename' && <Rename circle={circle} onClose={close} />}
      {doing === 'members' && <Members circle={circle} onClose={close} />}
    </li>
  )
}

export default function CirclesScreen({ place }: ScreenProps) {
  const [problem, setProblem] = useState('')
  useEffect(() => {
    loadCircles(true).catch((error: unknown) => setProblem(reasonOf(error)))
  }, [])
  const all = circles.value
  return (
    <ScreenFrame title={t('circles.title')} scroll={place.scroll}>
      <p class="explain soft">{t('circles.explain')}</p>
      <NewCircle kind="inline-form" />
      {problem !== '' && <p class="problem">{problem}</p>}
      {!all && problem === '' && <Skeletons />}
      <ul class="rows">
        {all?.map((circle) => (
          <CircleRow circle={circle} key={circle.id} />
        ))}
      </ul>
      {all?.length === 0 && (
        <div class="empty">
          <h2>{t('circles.empty')}</h2>
          <p>{t('circles.emptyText')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}

// Which circles, or which people, a post is for.
import { useEffect } from 'preact/hooks'
import type { Account } from '../../contract/entities.ts'
import { circles, loadCircles } from '../circles/circles.ts'
import { NewCircle } from '../circles/new-circle.tsx'
import { PersonSearch } from '../circles/person-search.tsx'
import { t } from '../i18n/words.ts'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { change } from './draft.ts'
import type { Draft } from './draft.ts'
import { composing } from './open.ts'

function FirstCircle() {
  return (
    <div class="chooser-first">
      <p class="soft small">{t('circles.explain')}</p>
      <NewCircle kind="chooser-line" onMade={(circle) => change({ circles: [circle.id] })} />
    </div>
  )
}

function Circles({ now }: { now: Draft }) {
  useEffect(() => void attempt(() => loadCircles()), [])
  const all = circles.value
  if (!all) return null
  if (all.length === 0) return <FirstCircle />
  const toggle = (id: string): void => {
    const chosen = now.circles.includes(id)
    change({ circles: chosen ? now.circles.filter((one) => one !== id) : [...now.circles, id] })
  }
  return (
    <fieldset class="chips">
      <legend class="hidden-text">{t('circles.title')}</legend>
      {all.map((circle) => (
        <label class="chip" key={circle.id}>
          <input
            type="checkbox"
            checked={now.circles.includes(circle.id)}
            onChange={() => toggle(circle.id)}
          />
          <span dir="auto">
            {circle.title} <small>{circle.accounts_count}</small>
          </span>
        </label>
      ))}
      <a class="chip-more" href="/circles" onClick={() => void (composing.value = undefined)}>
        {t('circles.manage')}
      </a>
    </fieldset>
  )
}

function People({ now }: { now: Draft }) {
  const add = ({ id, acct, display_name }: Account): void => {
    if (!now.people.some((one) => one.id === id))
      change({ people: [...now.people, { id, acct, display_name }] })
  }
  return (
    <div class="chooser-people">
      {now.people.length > 0 && (
        <ul class="chips">
          {now.people.map((person) => (
            <li class="chip" key={person.id}>
              <span>
                <bdi>{person.display_name === '' ? person.acct : person.display_name}</bdi>
                <button
                  type="button"
                  aria-label={`${t('ui.remove')}: ${person.acct}`}
                  onClick={() => change({ people: now.people.filter((one) => one.id !== person.id) })}
                >
                  <Icon name="close" />
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <PersonSearch
        label={t('compose.choosePeople')}
        onPick={add}
        without={now.people.map((one) => one.id)}
      />
    </div>
  )
}

export function Chooser({ now }: { now: Draft }) {
  if (now.editId !== undefined) return null
  if (now.visibility !== 'circles' && now.visibility !== 'people') return null
  return (
    <div class="chooser">{now.visibility === 'circles' ? <Circles now={now} /> : <People now={now} />}</div>
  )
}

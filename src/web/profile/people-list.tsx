// A list of people that loads on as one reads.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Account } from '../../contract/entities.ts'
import { getPage } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { PersonLine } from '../post/who.tsx'
import { reasonOf } from '../ui/feedback.tsx'

interface PeopleListProps {
  path: string
  empty: string
  /** Buttons beside a person; `drop` takes the person off the list. */
  tools?: (account: Account, drop: () => void) => ComponentChildren
}

export function PeopleList({ path, empty, tools }: PeopleListProps) {
  const [people, setPeople] = useState<Account[]>([])
  const [next, setNext] = useState<string | undefined>(path)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const load = async (): Promise<void> => {
    if (next === undefined || busy) return
    setBusy(true)
    try {
      const page = await getPage<Account>(next)
      setPeople((old) => [...old, ...page.items])
      setNext(page.items.length > 0 ? page.next : undefined)
      setProblem('')
    } catch (error) {
      setProblem(reasonOf(error))
    }
    setBusy(false)
  }
  useEffect(() => void load(), [])
  return (
    <>
      <ul class="people">
        {people.map((account) => (
          <li key={account.id}>
            <PersonLine account={account} />
            {tools?.(account, () => setPeople((old) => old.filter((one) => one.id !== account.id)))}
          </li>
        ))}
      </ul>
      {problem !== '' && <p class="problem">{problem}</p>}
      {busy && people.length === 0 && <Skeletons />}
      {!busy && next === undefined && people.length === 0 && (
        <div class="empty">
          <h2>{empty}</h2>
        </div>
      )}
      {next !== undefined && people.length > 0 && (
        <p class="feed-end">
          <button class="button quiet slim" type="button" disabled={busy} onClick={() => void load()}>
            {t('nav.more')}
          </button>
        </p>
      )}
    </>
  )
}

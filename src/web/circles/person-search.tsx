// Finds a person by name and hands them over: a text field with a list below it, by keyboard as well.
import { useEffect, useId, useState } from 'preact/hooks'
import type { Account } from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Avatar, nameOf } from '../post/who.tsx'

const WAIT_MS = 200

function useFound(query: string, without: readonly string[]): Account[] {
  const [found, setFound] = useState<Account[]>([])
  useEffect(() => {
    const wanted = query.trim()
    if (wanted === '') {
      setFound([])
      return undefined
    }
    const stop = new AbortController()
    const look = async (): Promise<void> => {
      const path = withQuery('/api/v1/accounts/search', {
        q: wanted,
        limit: 6,
        resolve: wanted.includes('@'),
      })
      const list = await get<Account[]>(path, stop.signal).catch(() => [])
      if (!stop.signal.aborted) setFound(list)
    }
    const timer = setTimeout(() => void look(), WAIT_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query])
  return found.filter((account) => !without.includes(account.id))
}

interface PersonSearchProps {
  label: string
  /** Ids of those who are not offered. */
  without?: readonly string[]
  onPick: (account: Account) => void
}

interface FoundProps {
  id: string
  found: readonly Account[]
  active: number
  onPick: (account: Account) => void
}

function Found({ id, found, active, onPick }: FoundProps) {
  return (
    <ul
      class="suggestions"
      role="listbox"
      id={`${id}-list`}
      aria-label={t('compose.suggestions')}
      hidden={found.length === 0}
    >
      {found.map((account, index) => (
        <li
          key={account.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(account)
          }}
        >
          <Avatar account={account} size="tiny" />
          <strong>{nameOf(account)}</strong>
          <span class="soft small" dir="ltr">
            @{account.acct}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function PersonSearch({ label, without = [], onPick }: PersonSearchProps) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const found = useFound(query, without)
  const open = found.length > 0
  const pick = (account: Account | undefined): void => {
    if (!account) return
    onPick(account)
    setQuery('')
    setActive(0)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((active - 1 + found.length) % found.length)
    else if (event.key === 'Enter') pick(found[active])
    else if (event.key === 'Escape') setQuery('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="person-search">
      <input
        class="field"
        type="text"
        role="combobox"
        autocomplete="off"
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        {...(open ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Found id={id} found={found} active={active} onPick={pick} />
    </div>
  )
}

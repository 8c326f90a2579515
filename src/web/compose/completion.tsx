// Completes people, hashtags and emoji while one types.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Account, Search } from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Avatar, nameOf } from '../post/who.tsx'
import { findEmoji, ownEmojis } from './emoji-search.ts'

export interface Suggestion {
  key: string
  /** What takes the place of the word. */
  text: string
  label: string
  detail?: string
  account?: Account
  picture?: string
}

export interface Word {
  start: number
  end: number
  text: string
}

/** The word at the cursor when it begins with @, # or a colon and two letters. */
export function wordAt(text: string, cursor: number): Word | undefined {
  const before = text.slice(0, cursor)
  const match = /(?:^|[\s(])(@[\w.@-]{1,60}|#[\p{L}\p{N}_]{1,60}|:\w{2,40})$/u.exec(before)
  const found = match?.[1]
  return found === undefined ? undefined : { start: cursor - found.length, end: cursor, text: found }
}

async function people(name: string, signal: AbortSignal): Promise<Suggestion[]> {
  const list = await get<Account[]>(
    withQuery('/api/v1/accounts/search', { q: name, limit: 6, resolve: false }),
    signal,
  )
  return list.map((account) => ({
    key: account.id,
    text: `@${account.acct} `,
    label: nameOf(account),
    detail: `@${account.acct}`,
    account,
  }))
}

async function tags(name: string, signal: AbortSignal): Promise<Suggestion[]> {
  const found = await get<Search>(
    withQuery('/api/v2/search', { q: name, type: 'hashtags', limit: 6 }),
    signal,
  )
  return found.hashtags.map((tag) => ({ key: tag.name, text: `#${tag.name} `, label: `#${tag.name}` }))
}

async function emojis(name: string): Promise<Suggestion[]> {
  const own = (await ownEmojis())
    .filter((emoji) => emoji.shortcode.toLowerCase().includes(name))
    .map((emoji) => ({
      key: emoji.shortcode,
      text: `:${emoji.shortcode}: `,
      label: `:${emoji.shortcode}:`,
      picture: emoji.static_url,
    }))
  const common = (await findEmoji(name, 8)).map((one) => ({
    key: one.emoji,
    text: `${one.emoji} `,
    label: `${one.emoji} ${one.name}`,
  }))
  return [...own, ...common].slice(0, 8)
}

function suggestionsFor(word: string, signal: AbortSignal): Promise<Suggestion[]> {
  const rest = word.slice(1)
  if (word.startsWith('@')) return people(rest, signal)
  return word.startsWith('#') ? tags(rest, signal) : emojis(rest.toLowerCase())
}

const WAIT_MS = 150

export function useSuggestions(word: Word | undefined): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>([])
  const text = word?.text
  useEffect(() => {
    if (text === undefined) {
      setFound([])
      return undefined
    }
    const stop = new AbortController()
    const look = async (): Promise<void> => {
      const list = await suggestionsFor(text, stop.signal).catch(() => [])
      if (!stop.signal.aborted) setFound(list)
    }
    const timer = setTimeout(() => void look(), WAIT_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])
  return text === undefined ? [] : found
}

interface SuggestionListProps {
  id: string
  suggestions: readonly Suggestion[]
  active: number
  onPick: (suggestion: Suggestion) => void
}

export function SuggestionList({ id, suggestions, active, onPick }: SuggestionListProps) {
  const list = useRef<HTMLUListElement>(null)
  // In a long thread the end of the list may lie below what is seen.
  useEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), [suggestions])
  if (suggestions.length === 0) return null
  return (
    <ul ref={list} class="suggestions" role="listbox" id={id} aria-label={t('compose.suggestions')}>
      {suggestions.map((one, index) => (
        <li
          key={one.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(one)
          }}
        >
          {one.account && <Avatar account={one.account} size="tiny" />}
          {one.picture !== undefined && <img class="emoji" src={one.picture} alt="" />}
          <strong>{one.label}</strong>
          {one.detail !== undefined && <span class="soft small">{one.detail}</span>}
        </li>
      ))}
    </ul>
  )
}

// The field one writes in: grows with the text, completes words, takes pasted and dropped files.
import { useEffect, useId, useLayoutEffect, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { t } from '../i18n/words.ts'
import { SuggestionList, useSuggestions, wordAt } from './completion.tsx'
import type { Suggestion, Word } from './completion.tsx'

interface TextFieldProps {
  field: RefObject<HTMLTextAreaElement | null>
  value: string
  placeholder: string
  language: string
  /** It is published already. */
  locked?: boolean
  onChange: (text: string) => void
  onFiles: (files: readonly File[]) => void
  onSubmit: () => void
}

function useGrowing(field: RefObject<HTMLTextAreaElement | null>, value: string): void {
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [value])
}

/** Puts a piece of text where the cursor is, or in the place of a word. */
export function insertText(area: HTMLTextAreaElement, piece: string, word?: Word): string {
  const start = word?.start ?? area.selectionStart
  const end = word?.end ?? area.selectionEnd
  area.setRangeText(piece, start, end, 'end')
  area.focus()
  return area.value
}

function wordUnder(area: HTMLTextAreaElement | null): Word | undefined {
  if (!area || area.selectionStart !== area.selectionEnd) return undefined
  return wordAt(area.value, area.selectionStart)
}

interface Choosing {
  suggestions: readonly Suggestion[]
  active: number
  setActive: (index: number) => void
  pick: (suggestion: Suggestion) => void
  close: () => void
}

/** What a key does while suggestions are open; false when it means nothing to them. */
function choose(key: string, { suggestions, active, setActive, pick, close }: Choosing): boolean {
  const count = suggestions.length
  const chosen = suggestions[active]
  if (key === 'ArrowDown') setActive((active + 1) % count)
  else if (key === 'ArrowUp') setActive((active - 1 + count) % count)
  else if ((key === 'Enter' || key === 'Tab') && chosen) pick(chosen)
  else if (key === 'Escape') close()
  else return false
  return true
}

function takeFiles(event: ClipboardEvent, onFiles: TextFieldProps['onFiles']): void {
  const files = [...(event.clipboardData?.files ?? [])]
  if (files.length === 0) return
  event.preventDefault()
  onFiles(files)
}

export function TextField(props: TextFieldProps) {
  const { field, value, language, onChange, onFiles, onSubmit } = props
  const listId = useId()
  const [word, setWord] = useState<Word | undefined>(undefined)
  const [active, setActive] = useState(0)
  const suggestions = useSuggestions(word)
  const open = word !== undefined && suggestions.length > 0
  useGrowing(field, value)
  useEffect(() => setActive(0), [suggestions])
  const look = (): void => setWord(wordUnder(field.current))
  const pick = (suggestion: Suggestion): void => {
    if (!field.current || !word) return
    onChange(insertText(field.current, suggestion.text, word))
    setWord(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit()
    else if (
      !open ||
      !choose(event.key, { suggestions, active, setActive, pick, close: () => setWord(undefined) })
    )
      return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="text-field">
      <textarea
        ref={field}
        value={value}
        rows={3}
        readOnly={props.locked === true}
        dir="auto"
        {...(language === '' ? {} : { lang: language })}
        placeholder={props.placeholder}
        aria-label={t('compose.text')}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${active}` } : {})}
        onInput={(event) => {
          onChange(event.currentTarget.value)
          look()
        }}
        onKeyDown={onKeyDown}
        onClick={() => look()}
        onBlur={() => setWord(undefined)}
        onPaste={(event) => takeFiles(event, onFiles)}
      />
      <p class="hidden-text" role="status">
        {open && t('compose.suggestionCount', { count: suggestions.length })}
      </p>
      {open && <SuggestionList id={listId} suggestions={suggestions} active={active} onPick={pick} />}
    </div>
  )
}

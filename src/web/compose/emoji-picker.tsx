// Choosing an emoji: recent ones and those of this server first, then all of them by group; by mouse, touch and keyboard.
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CustomEmoji } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import {
  colour,
  emojiGroups,
  keepTone,
  keptTone,
  noteEmoji,
  ownEmojis,
  recentEmoji,
  search,
  TONES,
} from './emoji-search.ts'
import type { EmojiGroup, NamedEmoji } from './emoji-search.ts'

interface PickerProps {
  onPick: (text: string) => void
  onClose: () => void
}

type Choice = { text: string; label: string; picture?: string }

const MOST_FOUND = 80

/** Moves between the buttons of the grid with the arrow keys, by where they are on screen. */
function step(root: HTMLElement, key: string): boolean {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('.emoji-grid button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const isRtl = getComputedStyle(root).direction === 'rtl'
  const sideways = isRtl ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowLeft: -1, ArrowRight: 1 }
  if (at < 0) {
    if (key !== 'ArrowDown') return false
    buttons[0]?.focus()
    return true
  }
  const by = sideways[key as keyof typeof sideways]
  if (by !== undefined) buttons[at + by]?.focus()
  else if (key === 'ArrowDown' || key === 'ArrowUp') below(buttons, at, key === 'ArrowDown' ? 1 : -1)?.focus()
  else return false
  return true
}

function below(buttons: HTMLButtonElement[], at: number, by: 1 | -1): HTMLButtonElement | undefined {
  const here = buttons[at]?.getBoundingClientRect()
  if (!here) return undefined
  const rest = by === 1 ? buttons.slice(at + 1) : buttons.slice(0, at).toReversed()
  const line = rest.find((one) => Math.abs(one.getBoundingClientRect().top - here.top) > 4)
  if (!line) return undefined
  const { top } = line.getBoundingClientRect()
  return rest
    .filter((one) => Math.abs(one.getBoundingClientRect().top - top) < 4)
    .toSorted((a, b) => distance(a, here) - distance(b, here))[0]
}

function distance(one: HTMLElement, here: DOMRect): number {
  return Math.abs(one.getBoundingClientRect().left - here.left)
}

function ownChoice(emoji: CustomEmoji): Choice {
  return { text: `:${emoji.shortcode}:`, label: emoji.shortcode, picture: emoji.static_url }
}

function Grid({ choices, onPick }: { choices: readonly Choice[]; onPick: (choice: Choice) => void }) {
  return (
    <div class="emoji-grid">
      {choices.map((choice) => (
        <button
          type="button"
          key={choice.text}
          title={choice.label}
          aria-label={choice.label}
          onClick={() => onPick(choice)}
        >
          {choice.picture === undefined ? (
            choice.text
          ) : (
            <img src={choice.picture} alt="" width="24" height="24" loading="lazy" />
          )}
        </button>
      ))}
    </div>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={`emoji-${id}`}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Tones({ tone, onPick }: { tone: string; onPick: (tone: string) => void }) {
  return (
    <fieldset class="tones">
      <legend class="hidden-text">{t('emoji.tone')}</legend>
      {TONES.map((one, index) => (
        <label key={one} title={t('emoji.toneNumber', { number: index })}>
          <input
            type="radio"
            name="tone"
            checked={tone === one}
            aria-label={t('emoji.toneNumber', { number: index })}
            onChange={() => onPick(one)}
          />
          <span aria-hidden="true">{`✋${one}`}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface Sets {
  own: CustomEmoji[]
  groups: EmojiGroup[]
}

function useSets(): Sets {
  const [sets, setSets] = useState<Sets>({ own: [], groups: [] })
  useEffect(() => {
    void Promise.all([ownEmojis(), emojiGroups()]).then(
      ([own, groups]) => setSets({ own, groups }),
      () => undefined,
    )
  }, [])
  return sets
}

function recentChoices({ own, groups }: Sets): Choice[] {
  const named = new Map(groups.flatMap((one) => one.emojis).map((one) => [one.emoji, one.name]))
  return recentEmoji().flatMap((text): Choice[] => {
    if (!text.startsWith(':')) return [{ text, label: named.get(text) ?? text }]
    const known = own.find((emoji) => text === `:${emoji.shortcode}:`)
    return known ? [ownChoice(known)] : []
  })
}

function Found({
  sets,
  query,
  tone,
  onPick,
}: {
  sets: Sets
  query: string
  tone: string
  onPick: (one: Choice) => void
}) {
  const wanted = query.trim().toLowerCase()
  const own = sets.own.filter((emoji) => emoji.shortcode.toLowerCase().includes(wanted)).map(ownChoice)
  const common = search(sets.groups, wanted, MOST_FOUND).map((one) => choiceOf(one, tone))
  const all = [...own.slice(0, MOST_FOUND), ...common]
  return (
    <>
      <p class="hidden-text" role="status">
        {t('compose.suggestionCount', { count: all.length })}
      </p>
      {all.length === 0 ? (
        <p class="soft small">{t('emoji.none')}</p>
      ) : (
        <Grid choices={all} onPick={onPick} />
      )}
    </>
  )
}

function choiceOf(one: NamedEmoji, tone: string): Choice {
  return { text: colour(one, tone), label: one.name }
}

/** Those of this server by the category that its people gave them. */
function ownByCategory(own: readonly CustomEmoji[]): [string, CustomEmoji[]][] {
  const found = new Map<string, CustomEmoji[]>()
  for (const emoji of own) {
    const name = emoji.category ?? t('compose.emojiOwn')
    found.set(name, [...(found.get(name) ?? []), emoji])
  }
  return [...found]
}

function All({ sets, tone, onPick }: { sets: Sets; tone: string; onPick: (one: Choice) => void }) {
  const recent = useMemo(() => recentChoices(sets), [sets])
  return (
    <>
      {recent.length > 0 && (
        <Section id="recent" title={t('emoji.recent')}>
          <Grid choices={recent} onPick={onPick} />
        </Section>
      )}
      {ownByCategory(sets.own).map(([name, list], index) => (
        <Section id={index === 0 ? 'own' : `own-${index}`} title={name} key={name}>
          <Grid choices={list.map(ownChoice)} onPick={onPick} />
        </Section>
      ))}
      {sets.groups.map(({ group, emojis }) => (
        <Section id={group} title={t(`emoji.${group}`)} key={group}>
          <Grid choices={emojis.map((one) => choiceOf(one, tone))} onPick={onPick} />
        </Section>
      ))}
    </>
  )
}

function Categories({ sets, jump }: { sets: Sets; jump: (id: string) => void }) {
  return (
    <div class="emoji-groups">
      {sets.groups.map(({ group, emojis }) => (
        <button
          type="button"
          key={group}
          title={t(`emoji.${group}`)}
          aria-label={t(`emoji.${group}`)}
          onClick={() => jump(group)}
        >
          {emojis[0]?.emoji}
        </button>
      ))}
    </div>
  )
}

/** Begins in the search field, before any key can reach the composer below; a press anywhere else closes it. */
function useOpening(root: RefObject<HTMLElement | null>, onClose: () => void): void {
  useLayoutEffect(() => {
    root.current?.querySelector('input')?.focus()
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || root.current?.contains(event.target) !== true) onClose()
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [])
}

export function EmojiPicker({ onPick, onClose }: PickerProps) {
  const [query, setQuery] = useState('')
  const [tone, setTone] = useState(keptTone)
  const sets = useSets()
  const root = useRef<HTMLDivElement>(null)
  useOpening(root, onClose)
  const pick = ({ text }: Choice): void => {
    noteEmoji(text)
    onPick(text.startsWith(':') ? `${text} ` : text)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      root.current?.querySelector<HTMLButtonElement>('.emoji-grid button')?.click()
    else if (isRadio || !root.current || !step(root.current, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const jump = (id: string): void => {
    const place = root.current?.querySelector(`#emoji-${id}`)
    place?.scrollIntoView({ block: 'start' })
    place?.querySelector('button')?.focus({ preventScroll: true })
  }
  return (
    <div
      class="emoji-picker"
      ref={root}
      role="dialog"
      aria-label={t('compose.addEmoji')}
      onKeyDown={onKeyDown}
    >
      <input
        class="field"
        type="search"
        placeholder={t('compose.emojiSearch')}
        aria-label={t('compose.emojiSearch')}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      {query.trim() === '' && <Categories sets={sets} jump={jump} />}
      <div class="emoji-scroll" tabIndex={-1}>
        {query.trim() === '' ? (
          <All sets={sets} tone={tone} onPick={pick} />
        ) : (
          <Found sets={sets} query={query} tone={tone} onPick={pick} />
        )}
      </div>
      <Tones
        tone={tone}
        onPick={(one) => {
          setTone(one)
          keepTone(one)
        }}
      />
    </div>
  )
}

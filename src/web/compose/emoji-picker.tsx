// Choosing an emoji: those of this server first, then common ones.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CustomEmoji } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { EMOJI_GROUPS } from './emoji-names.ts'

let own: Promise<CustomEmoji[]> | undefined

/** The emoji of this server, asked for once. */
export function ownEmojis(): Promise<CustomEmoji[]> {
  own ??= get<CustomEmoji[]>('/api/v1/custom_emojis').catch(() => {
    own = undefined
    return []
  })
  return own
}

interface PickerProps {
  onPick: (text: string) => void
  onClose: () => void
}

function Own({ emojis, onPick }: { emojis: readonly CustomEmoji[]; onPick: (text: string) => void }) {
  if (emojis.length === 0) return null
  return (
    <section>
      <h3>{t('compose.emojiOwn')}</h3>
      <div class="emoji-grid">
        {emojis.map((emoji) => (
          <button
            type="button"
            key={emoji.shortcode}
            title={`:${emoji.shortcode}:`}
            aria-label={emoji.shortcode}
            onClick={() => onPick(`:${emoji.shortcode}: `)}
          >
            <img src={emoji.static_url} alt="" width="24" height="24" loading="lazy" />
          </button>
        ))}
      </div>
    </section>
  )
}

function Common({ wanted, onPick }: { wanted: string; onPick: (text: string) => void }) {
  return (
    <>
      {EMOJI_GROUPS.map(({ group, emojis: list }) => {
        const fitting = list.filter((one) => one.name.includes(wanted))
        if (fitting.length === 0) return null
        return (
          <section key={group}>
            <h3>{t(`compose.${group}`)}</h3>
            <div class="emoji-grid">
              {fitting.map(({ name, emoji }) => (
                <button type="button" key={name} title={name} aria-label={name} onClick={() => onPick(emoji)}>
                  {emoji}
                </button>
              ))}
            </div>
          </section>
        )
      })}
    </>
  )
}

export function EmojiPicker({ onPick, onClose }: PickerProps) {
  const [query, setQuery] = useState('')
  const [emojis, setEmojis] = useState<CustomEmoji[]>([])
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void ownEmojis().then(setEmojis)
    root.current?.querySelector('input')?.focus()
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || root.current?.contains(event.target) !== true) onClose()
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [])
  const wanted = query.trim().toLowerCase()
  return (
    <div
      class="emoji-picker"
      ref={root}
      role="dialog"
      aria-label={t('compose.addEmoji')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <input
        class="field"
        type="search"
        placeholder={t('compose.emojiSearch')}
        aria-label={t('compose.emojiSearch')}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <div class="emoji-scroll">
        <Own
          emojis={emojis.filter((emoji) => emoji.shortcode.toLowerCase().includes(wanted)).slice(0, 200)}
          onPick={onPick}
        />
        <Common wanted={wanted} onPick={onPick} />
      </div>
    </div>
  )
}

// The tools below the text: files, poll, warning, emoji, language, and the count of characters.
import { useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { instance } from '../api/session.ts'
import { languageName } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { change } from './draft.ts'
import type { Draft } from './draft.ts'
import { EmojiPicker } from './emoji-picker.tsx'
import { POST_LANGUAGES } from './languages.ts'
import { insertText } from './text-field.tsx'
import { addFiles, uploads } from './uploads.ts'

export function Counter({ left }: { left: number }) {
  const label = left >= 0 ? t('compose.left', { count: left }) : t('compose.over', { count: -left })
  return (
    <span class={left < 0 ? 'counter over' : left < 100 ? 'counter near' : 'counter'} title={label}>
      <span aria-hidden="true">{left}</span>
      <span class="hidden-text" aria-live={left < 100 ? 'polite' : 'off'}>
        {label}
      </span>
    </span>
  )
}

function FileButton({ disabled }: { disabled: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        class="icon-button"
        type="button"
        disabled={disabled}
        aria-label={t('compose.addMedia')}
        title={t('compose.addMedia')}
        onClick={() => input.current?.click()}
      >
        <Icon name="image" />
      </button>
      <input
        ref={input}
        type="file"
        class="hidden-text"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        accept={instance.configuration.media_attachments.supported_mime_types.join(',')}
        onChange={(event) => {
          addFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

function Toggle({
  icon,
  label,
  on,
  disabled = false,
  run,
}: {
  icon: 'poll' | 'warn' | 'smile'
  label: string
  on: boolean
  disabled?: boolean
  run: () => void
}) {
  return (
    <button
      class="icon-button"
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={on}
      disabled={disabled}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  )
}

function LanguagePicker({ now }: { now: Draft }) {
  return (
    <label class="language-picker" title={t('compose.language')}>
      <span class="hidden-text">{t('compose.language')}</span>
      <span aria-hidden="true">
        {now.language === '' ? <Icon name="globe" /> : now.language.toUpperCase()}
      </span>
      <select value={now.language} onChange={(event) => change({ language: event.currentTarget.value })}>
        <option value="">{t('settings.languageGuess')}</option>
        {POST_LANGUAGES.map((code) => (
          <option value={code} key={code}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </label>
  )
}

export function Tools({ now, field }: { now: Draft; field: RefObject<HTMLTextAreaElement | null> }) {
  const [picking, setPicking] = useState(false)
  const pick = (text: string): void => {
    if (field.current) change({ text: insertText(field.current, text) })
    setPicking(false)
  }
  const poll = now.poll === null ? { options: ['', ''], multiple: false, expiresIn: 86_400 } : null
  return (
    <div class="compose-tools">
      <FileButton disabled={now.poll !== null} />
      <Toggle
        icon="poll"
        label={t('compose.addPoll')}
        on={now.poll !== null}
        disabled={now.media.length > 0 || uploads.value.length > 0}
        run={() => change({ poll })}
      />
      <Toggle
        icon="warn"
        label={t('compose.addWarning')}
        on={now.hasWarning}
        run={() => change({ hasWarning: !now.hasWarning })}
      />
      <Toggle icon="smile" label={t('compose.addEmoji')} on={picking} run={() => setPicking(!picking)} />
      <LanguagePicker now={now} />
      {picking && <EmojiPicker onPick={pick} onClose={() => setPicking(false)} />}
    </div>
  )
}

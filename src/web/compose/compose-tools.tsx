// The tools below the text: files, poll, warning, emoji, language, and the count of characters.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ComponentType, RefObject } from 'preact'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { activePart, changePart } from './draft.ts'
import type { Draft, Part } from './draft.ts'
import { LanguagePicker } from './language-picker.tsx'
import { OptionsMenu } from './options-menu.tsx'
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

const emptyPoll = (): Part['poll'] => ({
  options: ['', ''],
  multiple: false,
  expiresIn: 86_400,
  hideTotals: false,
})

type PickerProps = Parameters<(typeof import('./emoji-picker.tsx'))['EmojiPicker']>[0]

/** All emoji with their names weigh more than the composer: they are loaded when somebody looks for one. */
function LazyPicker(props: PickerProps) {
  const [Picker, setPicker] = useState<ComponentType<PickerProps> | undefined>(undefined)
  useEffect(() => void import('./emoji-picker.tsx').then((module) => setPicker(() => module.EmojiPicker)), [])
  return Picker ? <Picker {...props} /> : null
}

export function Tools({ now, field }: { now: Draft; field: RefObject<HTMLTextAreaElement | null> }) {
  const [picking, setPicking] = useState(false)
  const part = activePart(now)
  const pick = (text: string): void => {
    if (field.current) changePart(part.key, { text: insertText(field.current, text) })
    setPicking(false)
  }
  const hasFiles = part.media.length > 0 || uploads.value.some((one) => one.part === part.key)
  return (
    <div class="compose-tools">
      <FileButton disabled={part.poll !== null} />
      <Toggle
        icon="poll"
        label={t('compose.addPoll')}
        on={part.poll !== null}
        disabled={hasFiles}
        run={() => changePart(part.key, { poll: part.poll ? null : emptyPoll() })}
      />
      <Toggle
        icon="warn"
        label={t('compose.addWarning')}
        on={part.hasWarning}
        run={() => changePart(part.key, { hasWarning: !part.hasWarning })}
      />
      <Toggle icon="smile" label={t('compose.addEmoji')} on={picking} run={() => setPicking(!picking)} />
      <LanguagePicker now={now} />
      <OptionsMenu now={now} />
      {picking && <LazyPicker onPick={pick} onClose={() => setPicking(false)} />}
    </div>
  )
}

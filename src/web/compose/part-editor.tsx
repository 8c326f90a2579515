// One post of what is being written: its warning, text, poll and media.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { t } from '../i18n/words.ts'
import { sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { change, changePart, draft, hasContent } from './draft.ts'
import type { Draft, Part } from './draft.ts'
import { MediaEditor } from './media-editor.tsx'
import { PollEditor } from './poll-editor.tsx'
import { Preview } from './preview.tsx'
import { TextField } from './text-field.tsx'
import { addFiles } from './uploads.ts'
import { charactersLeft } from './use-sending.ts'

interface PartEditorProps {
  now: Draft
  part: Part
  index: number
  /** The field of the post that the tools are for. */
  field: RefObject<HTMLTextAreaElement | null>
  onSubmit: () => void
}

function Warning({ part }: { part: Part }) {
  return (
    <input
      class="field"
      value={part.warning}
      placeholder={t('compose.warningPlaceholder')}
      aria-label={t('compose.warning')}
      dir="auto"
      onInput={(event) => changePart(part.key, { warning: event.currentTarget.value })}
    />
  )
}

async function removePart(part: Part): Promise<void> {
  if (hasContent(part) && !(await sure(t('compose.removePartSure')))) return
  const { parts, active } = draft.peek()
  change({ parts: parts.filter((one) => one.key !== part.key), active: Math.max(0, active - 1) })
}

function PartHead({ now, part, index }: { now: Draft; part: Part; index: number }) {
  if (now.parts.length === 1) return null
  const left = charactersLeft(part)
  return (
    <p class="part-head">
      <span>{t('compose.part', { number: index + 1, all: now.parts.length })}</span>
      {part.sentId !== undefined && (
        <span class="badge">
          <Icon name="check" />
          {t('compose.partSent')}
        </span>
      )}
      {left < 0 && <span class="counter over">{left}</span>}
      {part.sentId === undefined && (
        <button
          class="icon-button small"
          type="button"
          aria-label={t('compose.removePart', { number: index + 1 })}
          onClick={() => void removePart(part)}
        >
          <Icon name="close" />
        </button>
      )}
    </p>
  )
}

function placeholderOf(now: Draft, index: number): string {
  if (index > 0) return t('compose.placeholderNext')
  return t(now.replyToId === undefined ? 'compose.placeholder' : 'compose.placeholderReply')
}

export function PartEditor({ now, part, index, field, onSubmit }: PartEditorProps) {
  const own = useRef<HTMLTextAreaElement>(null)
  const [shown, setShown] = useState(false)
  const isActive = now.active === index
  // Before it is painted: keys pressed at once belong to the text.
  useLayoutEffect(() => {
    if (!isActive) return
    field.current = own.current
    if (document.activeElement === own.current) return
    own.current?.focus({ preventScroll: true })
    own.current?.closest('.part')?.scrollIntoView({ block: 'nearest' })
    own.current?.setSelectionRange(part.text.length, part.text.length)
  }, [isActive])
  const activate = (): void => void (isActive || change({ active: index }))
  const isMarkdown = now.contentType === 'text/markdown'
  return (
    <section
      class={now.parts.length > 1 ? 'part of-thread' : 'part'}
      {...(now.parts.length > 1
        ? { 'aria-label': t('compose.part', { number: index + 1, all: now.parts.length }) }
        : {})}
      onFocusIn={activate}
    >
      <PartHead now={now} part={part} index={index} />
      {part.hasWarning && <Warning part={part} />}
      <TextField
        field={own}
        value={part.text}
        language={now.language}
        locked={part.sentId !== undefined}
        placeholder={placeholderOf(now, index)}
        onChange={(text) => changePart(part.key, { text })}
        onFiles={(files) => {
          activate()
          addFiles(files)
        }}
        onSubmit={onSubmit}
      />
      {isMarkdown && part.text.trim() !== '' && (
        <>
          <button
            class="button quiet slim preview-toggle"
            type="button"
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {t(shown ? 'compose.previewHide' : 'compose.previewShow')}
          </button>
          {shown && <Preview text={part.text} />}
        </>
      )}
      {part.poll && <PollEditor part={part} poll={part.poll} />}
      <MediaEditor part={part} />
    </section>
  )
}

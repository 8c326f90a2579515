// The composer itself: text, warning, media, poll, audience, language, and the button that publishes.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { countCharacters } from '../../lib/text/count.ts'
import { instance, me } from '../api/session.ts'
import { languageName } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { postPath, QuotedPost } from '../post/post-extras.tsx'
import { RichText } from '../post/rich-text.tsx'
import { Avatar, Name } from '../post/who.tsx'
import { reasonOf, sure, tell } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { AudiencePicker, Reach } from './audience.tsx'
import { change, draft, forgetDraft, isWorthKeeping } from './draft.ts'
import type { Draft } from './draft.ts'
import { EmojiPicker } from './emoji-picker.tsx'
import { POST_LANGUAGES } from './languages.ts'
import { MediaEditor } from './media-editor.tsx'
import type { ComposeRequest } from './open.ts'
import { PollEditor } from './poll-editor.tsx'
import { send } from './send.ts'
import { insertText, TextField } from './text-field.tsx'
import { addFiles, uploads } from './uploads.ts'

interface ComposerProps {
  request: ComposeRequest
  /** The text that it opened with. */
  start: string
  onDone: () => void
}

function Answered({ request }: { request: ComposeRequest }) {
  const { replyTo } = request
  if (!replyTo) return null
  return (
    <div class="answered">
      <Avatar account={replyTo.account} size="small" />
      <div>
        <strong>
          <Name account={replyTo.account} />
        </strong>
        <RichText
          html={replyTo.spoiler_text === '' ? (replyTo.content ?? '') : replyTo.spoiler_text}
          emojis={replyTo.emojis}
        />
      </div>
    </div>
  )
}

function Counter({ left }: { left: number }) {
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

function Tools({ now, field }: { now: Draft; field: RefObject<HTMLTextAreaElement | null> }) {
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

/** Sending and what may be wrong with it. */
function useSending({ request, onDone }: ComposerProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const publish = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const status = await send(draft.peek(), request)
      forgetDraft(draft.peek().key)
      draft.value = { ...draft.peek(), text: '', media: [], warning: '', poll: null }
      tell(t(request.edit ? 'compose.changed' : 'compose.sent'), { href: postPath(status) })
      onDone()
    } catch (error) {
      setProblem(reasonOf(error))
      setBusy(false)
    }
  }
  return { busy, problem, publish }
}

function useDropping(): { over: boolean; handlers: Record<string, (event: DragEvent) => void> } {
  const [over, setOver] = useState(false)
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault()
        setOver(false)
        addFiles([...(event.dataTransfer?.files ?? [])])
      },
    },
  }
}

export function Composer(props: ComposerProps) {
  const { request, start, onDone } = props
  const now = draft.value
  const field = useRef<HTMLTextAreaElement>(null)
  const { busy, problem, publish } = useSending(props)
  const { over, handlers } = useDropping()
  const left =
    instance.configuration.statuses.max_characters -
    countCharacters(now.text, now.hasWarning ? now.warning : '')
  const choices = now.poll?.options.filter((option) => option.trim() !== '').length ?? 0
  const empty = now.text.trim() === '' && now.media.length === 0 && !request.quote
  const ready =
    !busy && !empty && left >= 0 && uploads.value.length === 0 && (now.poll === null || choices >= 2)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(now.text.length, now.text.length)
  }, [])
  const discard = async (): Promise<void> => {
    if (!(await sure(t('compose.discardSure')))) return
    forgetDraft(now.key)
    draft.value = { ...now, text: start, media: [], warning: '', poll: null }
    onDone()
  }
  return (
    <div class={over ? 'composer dropping' : 'composer'} {...handlers}>
      <div class="compose-scroll">
        <Answered request={request} />
        <div class="compose-who">
          <Avatar account={me.value} size="small" />
          <AudiencePicker draft={now} fixed={request.edit !== undefined} />
        </div>
        {now.hasWarning && (
          <input
            class="field"
            value={now.warning}
            placeholder={t('compose.warningPlaceholder')}
            aria-label={t('compose.warning')}
            dir="auto"
            onInput={(event) => change({ warning: event.currentTarget.value })}
          />
        )}
        <TextField
          field={field}
          value={now.text}
          language={now.language}
          placeholder={t(request.replyTo ? 'compose.placeholderReply' : 'compose.placeholder')}
          onChange={(text) => change({ text })}
          onFiles={addFiles}
          onSubmit={() => ready && void publish()}
        />
        {now.poll && <PollEditor poll={now.poll} />}
        <MediaEditor />
        {request.quote && <QuotedPost quote={{ state: 'accepted', quoted_status: request.quote }} />}
      </div>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <Reach draft={now} />
      <footer class="compose-foot">
        <Tools now={now} field={field} />
        {isWorthKeeping(now, start) && (
          <button
            class="icon-button"
            type="button"
            aria-label={t('compose.discard')}
            title={t('compose.discard')}
            onClick={() => void discard()}
          >
            <Icon name="trash" />
          </button>
        )}
        <Counter left={left} />
        <button class="button" type="button" disabled={!ready} onClick={() => void publish()}>
          {t(busy ? 'compose.sending' : request.edit ? 'compose.save' : 'compose.publish')}
        </button>
      </footer>
      {over && <p class="drop-here">{t('compose.drop')}</p>}
    </div>
  )
}

// The composer itself: text, warning, media, poll, audience, language, and the button that publishes.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { QuotedPost } from '../post/post-extras.tsx'
import { RichText } from '../post/rich-text.tsx'
import { Avatar, Name } from '../post/who.tsx'
import { sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { AudiencePicker, Reach } from './audience.tsx'
import { Counter, Tools } from './compose-tools.tsx'
import { change, draft, forgetDraft, isWorthKeeping } from './draft.ts'
import type { Draft } from './draft.ts'
import { MediaEditor } from './media-editor.tsx'
import type { ComposeRequest } from './open.ts'
import { PollEditor } from './poll-editor.tsx'
import { TextField } from './text-field.tsx'
import { addFiles } from './uploads.ts'
import { charactersLeft, isReady, useSending } from './use-sending.ts'

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

function Warning({ now }: { now: Draft }) {
  return (
    <input
      class="field"
      value={now.warning}
      placeholder={t('compose.warningPlaceholder')}
      aria-label={t('compose.warning')}
      dir="auto"
      onInput={(event) => change({ warning: event.currentTarget.value })}
    />
  )
}

function Discard({ onClick }: { onClick: () => void }) {
  const label = t('compose.discard')
  return (
    <button class="icon-button" type="button" aria-label={label} title={label} onClick={onClick}>
      <Icon name="trash" />
    </button>
  )
}

export function Composer(props: ComposerProps) {
  const { request, start, onDone } = props
  const now = draft.value
  const field = useRef<HTMLTextAreaElement>(null)
  const { busy, problem, publish } = useSending(request, onDone)
  const { over, handlers } = useDropping()
  const ready = !busy && isReady(now, request)
  // Before it is painted: keys pressed at once belong to the text.
  useLayoutEffect(() => {
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
      <div class="compose-who">
        <Avatar account={me.value} size="small" />
        <AudiencePicker draft={now} fixed={request.edit !== undefined} />
      </div>
      <div class="compose-scroll">
        <Answered request={request} />
        {now.hasWarning && <Warning now={now} />}
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
        {isWorthKeeping(now, start) && <Discard onClick={() => void discard()} />}
        <Counter left={charactersLeft(now)} />
        <button class="button" type="button" disabled={!ready} onClick={() => void publish()}>
          {t(busy ? 'compose.sending' : request.edit ? 'compose.save' : 'compose.publish')}
        </button>
      </footer>
      {over && <p class="drop-here">{t('compose.drop')}</p>}
    </div>
  )
}

// The composer itself: the posts, who can read them, the tools, and the button that publishes.
import { useRef, useState } from 'preact/hooks'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { QuotedPost } from '../post/post-extras.tsx'
import { RichText } from '../post/rich-text.tsx'
import { Avatar, Name } from '../post/who.tsx'
import { sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { AudiencePicker } from './audience.tsx'
import { Counter, Tools } from './compose-tools.tsx'
import { activePart, change, draft, emptyPart, hasContent, isWorthKeeping } from './draft.ts'
import type { Draft, Start } from './draft.ts'
import { forgetDraft } from './draft-store.ts'
import { dropServerDraft } from './draft-sync.ts'
import { LanguageDoubt } from './language-picker.tsx'
import { PartEditor } from './part-editor.tsx'
import { Chooser } from './choose-people.tsx'
import { Reach } from './reach.tsx'
import { ScheduleLine } from './schedule-line.tsx'
import type { Targets } from './start-draft.ts'
import { addFiles } from './uploads.ts'
import { charactersLeft, isReady, useSending } from './use-sending.ts'

const MOST_PARTS = 25

interface ComposerProps {
  targets: Targets
  start: Start
  onDone: () => void
}

function Answered({ targets: { replyTo } }: { targets: Targets }) {
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
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(false)
        addFiles([...(event.dataTransfer?.files ?? [])])
      },
    },
  }
}

function Discard({ onClick }: { onClick: () => void }) {
  const label = t('compose.discard')
  return (
    <button class="icon-button discard" type="button" aria-label={label} title={label} onClick={onClick}>
      <Icon name="trash" />
    </button>
  )
}

/** The button below the last post that begins another one after it. */
function AddPart({ now }: { now: Draft }) {
  const last = now.parts.at(-1)
  const fits = now.editId === undefined && now.scheduledAt === '' && now.parts.length < MOST_PARTS
  if (!fits || !last || !hasContent(last)) return null
  const add = (): void => {
    const part = {
      ...emptyPart(),
      warning: last.warning,
      hasWarning: last.hasWarning,
      sensitive: last.sensitive,
    }
    change({ parts: [...now.parts, part], active: now.parts.length })
  }
  return (
    <button class="button quiet slim add-part" type="button" onClick={add}>
      <Icon name="plus" />
      {t('compose.addPart')}
    </button>
  )
}

function labelOf(now: Draft, busy: boolean): string {
  if (busy) return t('compose.sending')
  if (now.editId !== undefined) return t('compose.save')
  if (now.scheduledAt !== '') return t('compose.schedule')
  if (now.parts.some((part) => part.sentId !== undefined)) return t('compose.goOn')
  const posts = now.parts.filter(hasContent).length
  return posts > 1 ? t('compose.publishThread', { count: posts }) : t('compose.publish')
}

export function Composer({ targets, start, onDone }: ComposerProps) {
  const now = draft.value
  const field = useRef<HTMLTextAreaElement | null>(null)
  const { busy, problem, publish } = useSending(onDone)
  const { over, handlers } = useDropping()
  const ready = !busy && isReady(now)
  const submit = (): void => void (ready && publish())
  const discard = async (): Promise<void> => {
    if (!(await sure(t('compose.discardSure')))) return
    forgetDraft(now.uid)
    onDone()
    void dropServerDraft(now)
  }
  const isEdit = now.editId !== undefined
  return (
    <div class={over ? 'composer dropping' : 'composer'} {...handlers}>
      <div class="compose-who">
        <Avatar account={me.value} size="small" />
        <AudiencePicker draft={now} fixed={isEdit} />
        {isWorthKeeping(now, start) && <Discard onClick={() => void discard()} />}
      </div>
      <Chooser now={now} />
      <div class="compose-scroll">
        <Answered targets={targets} />
        {now.parts.map((part, index) => (
          <PartEditor now={now} part={part} index={index} key={part.key} field={field} onSubmit={submit} />
        ))}
        {targets.quote && <QuotedPost quote={{ state: 'accepted', quoted_status: targets.quote }} />}
        <AddPart now={now} />
      </div>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ScheduleLine now={now} />
      <Reach now={now} targets={targets} />
      <LanguageDoubt now={now} />
      <footer class="compose-foot">
        <Tools now={now} field={field} />
        <Counter left={charactersLeft(activePart(now))} />
        <button class="button publish" type="button" disabled={!ready} onClick={() => void publish()}>
          {labelOf(now, busy)}
        </button>
      </footer>
      {over && <p class="drop-here">{t('compose.drop')}</p>}
    </div>
  )
}

// The files of a post being written: their progress, descriptions and focal points.
import { useState } from 'preact/hooks'
import type { MediaAttachment } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { focusClass } from '../post/post-media.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { changePart, draft } from './draft.ts'
import type { Part } from './draft.ts'
import { dropUpload, retryUpload, uploads } from './uploads.ts'
import type { Upload } from './uploads.ts'

/** What is dragged here, told apart from files and text of elsewhere. */
const DRAGGED = 'application/x-folkmoot-media'

function setMedia(key: string, turn: (media: MediaAttachment[]) => MediaAttachment[]): void {
  const part = draft.peek().parts.find((one) => one.key === key)
  if (part) changePart(key, { media: turn(part.media) })
}

/** Kept at once where the file is not published yet, so that drafts have it on every device. */
async function describe(key: string, media: MediaAttachment): Promise<void> {
  setMedia(key, (all) => all.map((one) => (one.id === media.id ? media : one)))
  if (draft.peek().editId !== undefined) return
  const focus = media.meta?.focus
  const body = {
    description: media.description ?? '',
    ...(focus ? { focus: `${focus.x},${focus.y}` } : {}),
  }
  await call('PUT', `/api/v1/media/${media.id}`, { body }).catch(() => undefined)
}

function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const copy = [...list]
  const [one] = copy.splice(from, 1)
  if (one !== undefined) copy.splice(from + by, 0, one)
  return copy
}

function FocusPicker({ media, onPick }: { media: MediaAttachment; onPick: (x: number, y: number) => void }) {
  const focus = media.meta?.focus ?? { x: 0, y: 0 }
  const pick = (event: MouseEvent & { currentTarget: HTMLElement }): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * 2 - 1
    const y = 1 - ((event.clientY - box.top) / box.height) * 2
    onPick(Math.round(x * 100) / 100, Math.round(y * 100) / 100)
  }
  const onKey = (event: KeyboardEvent): void => {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-0.1, 0],
      ArrowRight: [0.1, 0],
      ArrowUp: [0, 0.1],
      ArrowDown: [0, -0.1],
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const within = (value: number): number => Math.max(-1, Math.min(1, Math.round(value * 100) / 100))
    onPick(within(focus.x + step[0]), within(focus.y + step[1]))
  }
  return (
    <button
      class="focus-picker"
      type="button"
      onClick={pick}
      onKeyDown={onKey}
      aria-label={t('compose.focusHint')}
    >
      <img src={media.preview_url ?? media.url ?? ''} alt="" />
      <span class="focus-point" style={{ left: `${(focus.x + 1) * 50}%`, top: `${(1 - focus.y) * 50}%` }} />
    </button>
  )
}

interface DescribeProps {
  media: MediaAttachment
  onSave: (media: MediaAttachment) => void
  onClose: () => void
}

function Describe({ media, onSave, onClose }: DescribeProps) {
  const [text, setText] = useState(media.description ?? '')
  const [focus, setFocus] = useState(media.meta?.focus ?? { x: 0, y: 0 })
  const current: MediaAttachment = { ...media, description: text, meta: { ...media.meta, focus } }
  return (
    <Dialog label={t('compose.describeTitle')} onClose={onClose} titled>
      <div class="form">
        {media.type === 'image' && (
          <>
            <FocusPicker media={current} onPick={(x, y) => setFocus({ x, y })} />
            <p class="soft small">{t('compose.focusHint')}</p>
          </>
        )}
        <label>
          {t('compose.describeLabel')}
          <textarea
            class="field"
            rows={4}
            maxLength={10_000}
            value={text}
            dir="auto"
            placeholder={t('compose.describeHint')}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-row">
          <button
            class="button"
            type="button"
            onClick={() => {
              onSave(current)
              onClose()
            }}
          >
            {t('ui.save')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}

interface KeptProps {
  part: Part
  media: MediaAttachment
  index: number
  onDescribe: () => void
}

function MoveButtons({ part, index }: { part: Part; index: number }) {
  if (part.media.length < 2) return null
  const move = (by: number): void => setMedia(part.key, (all) => moved(all, index, by))
  return (
    <span class="upload-move">
      <button
        class="icon-button"
        type="button"
        aria-label={t('compose.moveEarlier')}
        disabled={index === 0}
        onClick={() => move(-1)}
      >
        <Icon name="back" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('compose.moveLater')}
        disabled={index === part.media.length - 1}
        onClick={() => move(1)}
      >
        <Icon name="forward" />
      </button>
    </span>
  )
}

/** Dragging one file onto the place of another; the buttons do the same for those who don't drag. */
function useReordering(part: Part, index: number) {
  const [over, setOver] = useState(false)
  const comes = (event: DragEvent): boolean => event.dataTransfer?.types.includes(DRAGGED) === true
  return {
    over,
    handlers: {
      draggable: part.media.length > 1,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer?.clearData()
        event.dataTransfer?.setData(DRAGGED, `${part.key} ${index}`)
      },
      onDragOver: (event: DragEvent) => {
        if (!comes(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        if (!comes(event)) return
        event.preventDefault()
        setOver(false)
        const [key, from] = (event.dataTransfer?.getData(DRAGGED) ?? '').split(' ')
        // Files stay in their post.
        if (key === part.key) setMedia(key, (all) => moved(all, Number(from), index - Number(from)))
      },
    },
  }
}

function Kept({ part, media, index, onDescribe }: KeptProps) {
  const { over, handlers } = useReordering(part, index)
  const described = (media.description ?? '') !== ''
  const picture = media.preview_url ?? (media.type === 'image' ? media.url : null)
  return (
    <li class={over ? 'upload target' : 'upload'} {...handlers}>
      {picture === null ? (
        <Icon name="image" />
      ) : (
        <img class={focusClass(media)} src={picture} alt={media.description ?? ''} draggable={false} />
      )}
      <MoveButtons part={part} index={index} />
      <button
        class="icon-button upload-remove"
        type="button"
        aria-label={t('ui.remove')}
        onClick={() => setMedia(part.key, (all) => all.filter((one) => one.id !== media.id))}
      >
        <Icon name="close" />
      </button>
      <button class={described ? 'upload-alt done' : 'upload-alt'} type="button" onClick={onDescribe}>
        {described && <Icon name="check" />}
        {t(described ? 'compose.hasAlt' : 'compose.describe')}
      </button>
    </li>
  )
}

function Running({ upload }: { upload: Upload }) {
  const { id, file, progress, problem } = upload
  return (
    <li class={problem === '' ? 'upload running' : 'upload running failed'}>
      {problem === '' ? (
        <>
          <span class="small">
            {progress > 1 ? t('compose.processing') : t('compose.uploading', { name: file.name })}
          </span>
          <progress max={1} aria-label={file.name} {...(progress > 1 ? {} : { value: progress })} />
        </>
      ) : (
        <>
          <span class="small" role="alert">
            {t('compose.uploadFailed', { name: file.name, reason: problem })}
          </span>
          <button class="button quiet slim" type="button" onClick={() => retryUpload(upload)}>
            {t('ui.retry')}
          </button>
        </>
      )}
      <button
        class="icon-button upload-remove"
        type="button"
        aria-label={`${t('ui.cancel')}: ${file.name}`}
        onClick={() => dropUpload(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

export function MediaEditor({ part }: { part: Part }) {
  const [describing, setDescribing] = useState<string | undefined>(undefined)
  const { media, sensitive } = part
  const running = uploads.value.filter((one) => one.part === part.key)
  if (media.length === 0 && running.length === 0) return null
  const described = media.find((one) => one.id === describing)
  return (
    <div class="uploads-place">
      <ul class="uploads">
        {media.map((one, index) => (
          <Kept part={part} media={one} index={index} key={one.id} onDescribe={() => setDescribing(one.id)} />
        ))}
        {running.map((upload) => (
          <Running upload={upload} key={upload.id} />
        ))}
      </ul>
      {media.length > 0 && (
        <label class="check small">
          <input
            type="checkbox"
            checked={sensitive}
            onChange={(event) => changePart(part.key, { sensitive: event.currentTarget.checked })}
          />
          {t('compose.sensitive')}
        </label>
      )}
      {described && (
        <Describe
          media={described}
          onSave={(changed) => void describe(part.key, changed)}
          onClose={() => setDescribing(undefined)}
        />
      )}
    </div>
  )
}

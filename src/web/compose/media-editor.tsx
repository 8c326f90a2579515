// The files of a post being written: their progress, descriptions and focal points.
import { useState } from 'preact/hooks'
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { focusClass } from '../post/post-media.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { change, draft } from './draft.ts'
import { uploads } from './uploads.ts'

function replace(media: MediaAttachment): void {
  change({ media: draft.peek().media.map((one) => (one.id === media.id ? media : one)) })
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

function Describe({ media, onClose }: { media: MediaAttachment; onClose: () => void }) {
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
              replace(current)
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

function Kept({ media, onDescribe }: { media: MediaAttachment; onDescribe: () => void }) {
  const described = (media.description ?? '') !== ''
  const picture = media.preview_url ?? (media.type === 'image' ? media.url : null)
  return (
    <li class="upload">
      {picture === null ? (
        <Icon name="image" />
      ) : (
        <img class={focusClass(media)} src={picture} alt={media.description ?? ''} />
      )}
      <button
        class="icon-button upload-remove"
        type="button"
        aria-label={t('ui.remove')}
        onClick={() => change({ media: draft.peek().media.filter((one) => one.id !== media.id) })}
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

export function MediaEditor() {
  const [describing, setDescribing] = useState<string | undefined>(undefined)
  const { media, sensitive } = draft.value
  const running = uploads.value
  if (media.length === 0 && running.length === 0) return null
  const described = media.find((one) => one.id === describing)
  return (
    <div class="uploads-place">
      <ul class="uploads">
        {media.map((one) => (
          <Kept media={one} key={one.id} onDescribe={() => setDescribing(one.id)} />
        ))}
        {running.map((upload) => (
          <li class="upload running" key={upload.id}>
            <span class="small">
              {upload.progress > 1 ? t('compose.processing') : t('compose.uploading', { name: upload.name })}
            </span>
            <progress
              max={1}
              aria-label={upload.name}
              {...(upload.progress > 1 ? {} : { value: upload.progress })}
            />
            <button
              class="icon-button upload-remove"
              type="button"
              aria-label={t('ui.cancel')}
              onClick={upload.stop}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {media.length > 0 && (
        <label class="check small">
          <input
            type="checkbox"
            checked={sensitive}
            onChange={(event) => change({ sensitive: event.currentTarget.checked })}
          />
          {t('compose.sensitive')}
        </label>
      )}
      {described && <Describe media={described} onClose={() => setDescribing(undefined)} />}
    </div>
  )
}

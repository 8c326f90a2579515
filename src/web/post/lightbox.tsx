// Pictures of a post, large: looked at closely with wheel, fingers or keys, with their descriptions below.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { ZoomPicture } from './zoom-picture.tsx'

interface Shown {
  media: readonly MediaAttachment[]
  index: number
}

const shown = signal<Shown | undefined>(undefined)

export function openLightbox(media: readonly MediaAttachment[], index: number): void {
  const pictures = media.filter((one) => one.type === 'image')
  const first = media[index]
  if (first) shown.value = { media: pictures, index: Math.max(0, pictures.indexOf(first)) }
}

interface StepProps {
  icon: IconName
  label: string
  name: 'back' | 'next'
  run: () => void
}

function Step({ icon, label, name, run }: StepProps) {
  return (
    <button class={`icon-button lightbox-${name}`} type="button" aria-label={label} onClick={run}>
      <Icon name={icon} />
    </button>
  )
}

function Gallery({ media, index }: Shown) {
  const [at, setAt] = useState(index)
  const close = (): void => void (shown.value = undefined)
  const step = (by: number): void => setAt((old) => Math.max(0, Math.min(media.length - 1, old + by)))
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
      if (event.key === forward) step(1)
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(-1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const current = media[at]
  if (!current) return null
  return (
    <Dialog label={t('post.image')} onClose={close} kind="lightbox">
      <ZoomPicture media={current} onSwipe={step} onClose={close} key={current.id} />
      {(current.description ?? '') !== '' && (
        <p class="lightbox-words" dir="auto">
          {current.description}
        </p>
      )}
      {media.length > 1 && (
        <p class="lightbox-count" role="status">
          {t('post.pictureOf', { at: at + 1, of: media.length })}
        </p>
      )}
      <button class="icon-button lightbox-close" type="button" aria-label={t('ui.close')} onClick={close}>
        <Icon name="close" />
      </button>
      {at > 0 && <Step icon="back" label={t('ui.previous')} name="back" run={() => step(-1)} />}
      {at < media.length - 1 && <Step icon="forward" label={t('ui.next')} name="next" run={() => step(1)} />}
    </Dialog>
  )
}

export function Lightbox() {
  const open = shown.value
  return open ? <Gallery {...open} /> : null
}

// Pictures of a post, large, with their descriptions.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'

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

function Picture({ media, zoomed, onZoom }: { media: MediaAttachment; zoomed: boolean; onZoom: () => void }) {
  const size = media.meta?.original
  return (
    <div class={zoomed ? 'lightbox-picture zoomed' : 'lightbox-picture'}>
      <button type="button" onClick={onZoom} aria-label={media.description || t('post.image')}>
        <img
          src={media.url ?? media.preview_url ?? ''}
          alt={media.description ?? ''}
          {...(size?.width && size.height ? { width: size.width, height: size.height } : {})}
        />
      </button>
    </div>
  )
}

function Gallery({ media, index }: Shown) {
  const [at, setAt] = useState(index)
  const [zoomed, setZoomed] = useState(false)
  const close = (): void => void (shown.value = undefined)
  const step = (by: number): void => {
    setZoomed(false)
    setAt((old) => Math.max(0, Math.min(media.length - 1, old + by)))
  }
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
      <Picture media={current} zoomed={zoomed} onZoom={() => setZoomed(!zoomed)} />
      {(current.description ?? '') !== '' && (
        <p class="lightbox-words" dir="auto">
          {current.description}
        </p>
      )}
      <button class="icon-button lightbox-close" type="button" aria-label={t('ui.close')} onClick={close}>
        <Icon name="close" />
      </button>
      {at > 0 && (
        <button
          class="icon-button lightbox-back"
          type="button"
          aria-label={t('ui.previous')}
          onClick={() => step(-1)}
        >
          <Icon name="back" flips />
        </button>
      )}
      {at < media.length - 1 && (
        <button
          class="icon-button lightbox-next"
          type="button"
          aria-label={t('ui.next')}
          onClick={() => step(1)}
        >
          <Icon name="forward" flips />
        </button>
      )}
    </Dialog>
  )
}

export function Lightbox() {
  const open = shown.value
  return open ? <Gallery {...open} /> : null
}

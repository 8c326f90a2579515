// The pictures, videos and sounds of a post, in a grid that keeps its height while they load.
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { Blur } from './blur.tsx'

/** The focal point as one of 5 x 5 classes: a style attribute would need a weaker content policy. */
export function focusClass(media: MediaAttachment): string {
  const focus = media.meta?.focus
  if (!focus) return ''
  const step = (value: number): number => Math.round((Math.max(-1, Math.min(1, value)) + 1) * 2)
  return `fx${step(focus.x)} fy${4 - step(focus.y)}`
}

function sizes(media: MediaAttachment): { width?: number; height?: number } {
  const size = media.meta?.small ?? media.meta?.original
  return size?.width && size.height ? { width: size.width, height: size.height } : {}
}

function Player({ media }: { media: MediaAttachment }) {
  const label = media.description ?? t(media.type === 'audio' ? 'post.audio' : 'post.video')
  const source = media.url ?? media.remote_url ?? ''
  if (media.type === 'audio') return <audio controls preload="none" src={source} aria-label={label} />
  const moving = media.type === 'gifv' ? { loop: true, muted: true, playsInline: true } : {}
  return (
    <video
      controls
      preload="none"
      src={source}
      aria-label={label}
      {...(media.preview_url ? { poster: media.preview_url } : {})}
      {...sizes(media)}
      {...moving}
    />
  )
}

export interface MediaProps {
  media: readonly MediaAttachment[]
  /** Opens a picture large; without it pictures are plain links. */
  onOpen?: ((index: number) => void) | undefined
}

/** Room for a picture that stands alone, before it is there: as wide and high as it will be. */
function room(media: MediaAttachment): Record<string, string> {
  const { width, height } = sizes(media)
  if (!width || !height) return {}
  const ratio = width / height
  return { aspectRatio: String(ratio), width: `min(${width}px, calc(min(32rem, 75vh) * ${ratio}))` }
}

interface TileProps {
  media: MediaAttachment
  index: number
  alone: boolean
  onOpen: MediaProps['onOpen']
}

function Tile({ media, index, alone, onOpen }: TileProps) {
  if (media.type === 'video' || media.type === 'gifv' || media.type === 'audio')
    return <Player media={media} />
  const source = media.preview_url ?? media.url
  if (media.type === 'unknown' || source === null)
    return (
      <a href={media.remote_url ?? media.url ?? '#'} rel="noopener noreferrer nofollow" target="_blank">
        <span class="empty small">{t('post.unknownFile')}</span>
      </a>
    )
  const described = (media.description ?? '') !== ''
  const picture = (
    <img
      class={focusClass(media)}
      src={source}
      alt={media.description ?? ''}
      title={media.description ?? ''}
      loading="lazy"
      decoding="async"
      {...sizes(media)}
    />
  )
  const large = media.url ?? source
  return (
    <>
      {onOpen ? (
        <button
          class="tile"
          type="button"
          {...(alone ? { style: room(media) } : {})}
          onClick={() => onOpen(index)}
          aria-label={media.description || t('post.image')}
        >
          {media.blurhash && <Blur hash={media.blurhash} />}
          {picture}
        </button>
      ) : (
        <a href={large} aria-label={described ? undefined : t('post.image')}>
          {picture}
        </a>
      )}
      {described && (
        <span class="alt" aria-hidden="true" title={t('post.alt')}>
          ALT
        </span>
      )}
    </>
  )
}

export function PostMedia({ media, onOpen }: MediaProps) {
  if (media.length === 0) return null
  const shape = media.length > 4 ? 'more' : `n${media.length}`
  return (
    <div class={`media ${shape}`}>
      {media.map((one, index) => (
        <div key={one.id}>
          <Tile media={one} index={index} alone={media.length === 1} onOpen={onOpen} />
        </div>
      ))}
    </div>
  )
}

/** Media behind a click when the author or the reader wants that. */
export function VeiledMedia({ hidden, ...props }: MediaProps & { hidden: boolean }) {
  if (!hidden) return <PostMedia {...props} />
  return (
    <details class="veil">
      <summary>
        <Icon name="warn" />
        {t('post.sensitive')}
      </summary>
      <PostMedia {...props} />
    </details>
  )
}

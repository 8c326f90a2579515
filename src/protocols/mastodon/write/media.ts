// An attachment as the client API shows it; files of other servers always go through our own cache.
import type * as entity from '../../../contract/entities.ts'
import type { MediaRow } from '../../../model/media.ts'
import type { Urls } from '../../../model/urls.ts'

export function mediaUrl(urls: Urls, media: MediaRow): string | null {
  if (media.file_key !== null) return urls.media(media.file_key)
  // Nobody knows what an unknown file is until somebody fetches it; readers find it at its remote URL.
  if (media.remote_url === null || media.kind === 'unknown') return null
  return urls.mediaProxy(media.id, 'original')
}

export function previewUrl(urls: Urls, media: MediaRow): string | null {
  if (media.preview_key !== null) return urls.media(media.preview_key)
  if (media.remote_preview_url !== null || (media.remote_url !== null && media.kind === 'image'))
    return urls.mediaProxy(media.id, 'small')
  return media.kind === 'image' ? mediaUrl(urls, media) : null
}

export function writeMedia(urls: Urls, media: MediaRow): entity.MediaAttachment {
  const ready = media.state !== 'processing'
  return {
    id: String(media.id),
    type: media.kind as entity.MediaAttachment['type'],
    url: ready ? mediaUrl(urls, media) : null,
    preview_url: ready ? previewUrl(urls, media) : null,
    remote_url: media.remote_url,
    preview_remote_url: media.remote_preview_url,
    text_url: null,
    meta: media.meta === '{}' ? null : (JSON.parse(media.meta) as entity.MediaMeta),
    description: media.description,
    blurhash: media.blurhash,
  }
}

// An attachment as the client API shows it; files of other servers always go through our own cache.
import type * as entity from '../../../contract/entities.ts'
import type { Urls } from '../../../model/urls.ts'
import type { MediaRow } from '../../../store/media-rows.ts'

export function mediaUrl(urls: Urls, media: MediaRow): string | null {
  if (media.file_key !== null) return urls.media(media.file_key)
  return media.remote_url === null ? null : urls.mediaProxy(media.id, 'original')
}

export function previewUrl(urls: Urls, media: MediaRow): string | null {
  if (media.preview_key !== null) return urls.media(media.preview_key)
  if (media.remote_url !== null) return urls.mediaProxy(media.id, 'small')
  return media.kind === 'audio' ? null : mediaUrl(urls, media)
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

// Writes attached media; always a list, since some programs read nothing else.
import type { Document, OutgoingMedia } from './types.ts'

export function writeAttachments(media: readonly OutgoingMedia[]): Document[] {
  return media.map((item) => ({
    type: item.kind === 'image' ? 'Image' : 'Document',
    mediaType: item.mediaType,
    url: item.url,
    name: item.description ?? null,
    ...(item.blurhash === undefined ? {} : { blurhash: item.blurhash }),
    ...(item.focus === undefined ? {} : { focalPoint: [item.focus.x, item.focus.y] }),
    ...(item.width === undefined ? {} : { width: item.width }),
    ...(item.height === undefined ? {} : { height: item.height }),
    ...(item.durationSeconds === undefined
      ? {}
      : { duration: `PT${Math.round(item.durationSeconds * 1000) / 1000}S` }),
    ...(item.previewUrl === undefined || item.kind === 'image'
      ? {}
      : { icon: { type: 'Image', url: item.previewUrl } }),
  }))
}

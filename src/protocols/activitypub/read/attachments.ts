// Reads attached pictures, videos, sounds and files.
import type { IncomingMedia } from '../../../model/post.ts'
import {
  asArray,
  countOf,
  firstUrl,
  isObject,
  member,
  numberOf,
  present,
  textOf,
  textProperty,
  typesOf,
} from '../wire.ts'
import { readDuration, readVideoFile } from './video.ts'

/** Most files kept of one object, and the longest description in UTF-16 units. */
export const MAX_ATTACHMENTS = 32
const MAX_DESCRIPTION = 10_000
const MEDIA_TYPES = ['Document', 'Image', 'Video', 'Audio', 'File']
const EXTENSIONS: [RegExp, IncomingMedia['kind']][] = [
  [/\.(?:jpe?g|png|gif|webp|avif|heic|bmp|svg)$/i, 'image'],
  [/\.(?:mp4|webm|mov|m4v|ogv)$/i, 'video'],
  [/\.(?:mp3|ogg|oga|opus|wav|flac|m4a|aac)$/i, 'audio'],
]

/** The media of an object: its attachments, the file that it is itself (Video, Audio, Image), or its lead picture. */
export function readAttachments(object: unknown, type: string): IncomingMedia[] {
  const found = new Map<string, IncomingMedia>()
  const add = (media: IncomingMedia | undefined): void => {
    if (media && found.size < MAX_ATTACHMENTS && !found.has(media.url)) found.set(media.url, media)
  }
  if (type === 'Video') add(readVideo(object))
  else if (type === 'Audio' || type === 'Image' || type === 'Document') add(readMedia(object))
  for (const attachment of asArray(member(object, 'attachment'), 200)) add(readMedia(attachment))
  if (found.size === 0 && ['Article', 'Page', 'Event'].includes(type)) {
    for (const image of asArray(member(object, 'image'), 1)) add(readMedia(image, 'image'))
  }
  return [...found.values()]
}

/** The links among the attachments: what a Lemmy page or a shared bookmark is about. */
export function readAttachedLinks(object: unknown): string[] {
  return asArray(member(object, 'attachment'), 50).flatMap((attachment) => {
    if (!typesOf(attachment).includes('Link')) return []
    return firstUrl(member(attachment, 'href')) ?? []
  })
}

/** One file, or undefined when it has no usable address or is something else (a link, a profile field). */
export function readMedia(value: unknown, fallback?: IncomingMedia['kind']): IncomingMedia | undefined {
  const object = typeof value === 'string' && fallback !== undefined ? { type: 'Image', url: value } : value
  const types = typesOf(object)
  if (!isObject(object) || (types.length > 0 && !types.some((type) => MEDIA_TYPES.includes(type))))
    return undefined
  const link = bestLink(object)
  const url = firstUrl(link)
  if (url === undefined) return undefined
  const contentType = readMediaType(member(link, 'mediaType') ?? member(object, 'mediaType'))
  const kind = mediaKind(contentType, types, url)
  const size = (name: string): number | undefined => readSize(member(object, name) ?? member(link, name))
  return present({
    kind: kind === 'unknown' ? (fallback ?? kind) : kind,
    url,
    contentType,
    previewUrl: readPreview(object, url),
    description: readDescription(object),
    blurhash: readBlurhash(member(object, 'blurhash') ?? member(object, 'toot:blurhash')),
    width: size('width'),
    height: size('height'),
    durationSeconds: readDuration(member(object, 'duration')),
    focus: readFocus(member(object, 'focalPoint') ?? member(object, 'toot:focalPoint')),
  })
}

function bestLink(object: unknown): unknown {
  const links = asArray(member(object, 'url') ?? member(object, 'href'), 50)
  const file = links.find((link) =>
    /^(?:image|video|audio)\//.test(textOf(member(link, 'mediaType'), 100) ?? ''),
  )
  return file ?? links.find((link) => firstUrl(link) !== undefined)
}

function readVideo(object: unknown): IncomingMedia | undefined {
  const file = readVideoFile(member(object, 'url'))
  if (file === undefined) return undefined
  return present({
    kind: 'video' as const,
    ...file,
    previewUrl: readPreview(object, file.url),
    durationSeconds: readDuration(member(object, 'duration')),
  })
}

function readPreview(object: unknown, url: string): string | undefined {
  const sized = asArray(
    member(object, 'icon') ?? member(object, 'image') ?? member(object, 'preview'),
    20,
  ).flatMap((icon) => {
    const preview = firstUrl(member(icon, 'url') ?? icon)
    return preview === undefined ? [] : [{ preview, width: readSize(member(icon, 'width')) ?? 0 }]
  })
  const largest = sized.sort((a, b) => b.width - a.width)[0]?.preview
  return largest === url ? undefined : largest
}

function readDescription(object: unknown): string | undefined {
  const text =
    textProperty(object, 'name', MAX_DESCRIPTION) ?? textProperty(object, 'summary', MAX_DESCRIPTION)
  return text?.trim() || undefined
}

function readMediaType(value: unknown): string | undefined {
  const type = textOf(value, 200)?.split(';')[0]?.trim().toLowerCase()
  return type !== undefined && /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : undefined
}

function mediaKind(contentType: string | undefined, types: string[], url: string): IncomingMedia['kind'] {
  const family = contentType?.split('/')[0]
  if (family === 'image' || family === 'video' || family === 'audio') return family
  const type = types.find((name) => name === 'Image' || name === 'Video' || name === 'Audio')
  if (type !== undefined) return type.toLowerCase() as 'image' | 'video' | 'audio'
  if (contentType !== undefined && contentType !== 'application/octet-stream') return 'unknown'
  const path = new URL(url).pathname
  return EXTENSIONS.find(([pattern]) => pattern.test(path))?.[1] ?? 'unknown'
}

function readSize(value: unknown): number | undefined {
  const size = countOf(numberOf(value))
  return size !== undefined && size > 0 && size <= 100_000 ? size : undefined
}

function readBlurhash(value: unknown): string | undefined {
  const hash = textOf(value, 200)
  return hash !== undefined && /^[\w#$%*+,\-.:;=?@[\]^{|}~]{6,128}$/.test(hash) ? hash : undefined
}

function readFocus(value: unknown): { x: number; y: number } | undefined {
  const [x, y] = asArray(value, 2).map(numberOf)
  return x !== undefined && y !== undefined && Math.abs(x) <= 1 && Math.abs(y) <= 1 ? { x, y } : undefined
}

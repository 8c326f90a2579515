// A post as an entry of a feed; what its author put behind a warning stays behind it.
import { escapeHtml } from '../../../lib/html/escape.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import type { MediaRow } from '../../../model/media.ts'
import type { PostView } from '../../../model/post-view.ts'
import { shownContent } from '../../../lib/html/shown-content.ts'
import type { Urls } from '../../../model/urls.ts'
import type { FeedEntry, FeedFile } from './feed.ts'

const MAX_TITLE = 80

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MAX_TITLE) return line
  const end = line.lastIndexOf(' ', MAX_TITLE)
  return `${line.slice(0, end > MAX_TITLE / 2 ? end : MAX_TITLE).toWellFormed()} …`
}

function titleOf({ post, media }: PostView, page: string): string {
  for (const text of [post.spoiler_text, post.title, htmlToText(post.content, 400)]) {
    const title = cut(text)
    if (title !== '') return title
  }
  return cut(media.find((one) => (one.description ?? '') !== '')?.description ?? '') || page
}

function eventHtml({ event }: PostView): string {
  if (!event) return ''
  const place = JSON.parse(event.place) as { name?: string; address?: string }
  const moment = (ms: number): string =>
    `<time datetime="${new Date(ms).toISOString()}">${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`
  const end = event.ends_at === null ? '' : ` – ${moment(event.ends_at)}`
  const where = [place.name, place.address].filter((part) => part).join(', ')
  return `<p>${moment(event.starts_at)}${end}${where === '' ? '' : ` · ${escapeHtml(where)}`}</p>`
}

function htmlOf(urls: Urls, view: PostView, page: string, files: readonly FeedFile[]): string {
  const { post } = view
  if (post.spoiler_text !== '')
    return `<p><strong>${escapeHtml(post.spoiler_text)}</strong></p><p><a href="${escapeHtml(page)}">${escapeHtml(page)}</a></p>`
  const pictures = files
    .filter((file) => file.medium === 'image' && !file.sensitive)
    .map((file) => `<p><img src="${escapeHtml(file.url)}" alt="${escapeHtml(file.description)}"></p>`)
  return `${eventHtml(view)}${shownContent(urls, post.id, post.content)}${pictures.join('')}`
}

const MEDIA: Record<string, { medium: FeedFile['medium']; type: string }> = {
  image: { medium: 'image', type: 'image/jpeg' },
  gifv: { medium: 'video', type: 'video/mp4' },
  video: { medium: 'video', type: 'video/mp4' },
  audio: { medium: 'audio', type: 'audio/mpeg' },
}

function writeFile(urls: Urls, media: MediaRow, sensitive: boolean): FeedFile | undefined {
  const kind = MEDIA[media.kind]
  if (!kind || media.state === 'processing') return undefined
  const remote = media.remote_url === null ? undefined : urls.mediaProxy(media.id, 'original')
  const url = media.file_key === null ? remote : urls.media(media.file_key)
  if (url === undefined) return undefined
  return {
    url,
    type: media.content_type ?? kind.type,
    bytes: media.bytes,
    medium: kind.medium,
    description: media.description ?? '',
    sensitive,
  }
}

export function writeEntry(urls: Urls, view: PostView): FeedEntry {
  const { post, author } = view
  const { account } = author
  const page = post.url ?? post.uri
  const hidden = post.sensitive === 1 || post.spoiler_text !== ''
  const files = view.media.flatMap((media) => writeFile(urls, media, hidden) ?? [])
  return {
    id: post.uri,
    title: titleOf(view, page),
    html: htmlOf(urls, view, page, files),
    page,
    author: { name: account.name === '' ? account.username : account.name, page: account.url ?? account.uri },
    publishedAt: post.published_at,
    updatedAt: post.edited_at ?? post.published_at,
    language: post.language ?? undefined,
    tags: view.tags.map((tag) => ({ name: tag.name, page: urls.tag(tag.name) })),
    files,
  }
}

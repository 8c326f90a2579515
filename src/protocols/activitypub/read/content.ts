// Reads the words of an object: title, text, content warning and language.
import { escapeHtml } from '../../../lib/html/escape.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { sanitizeHtml } from '../../../lib/html/sanitize.ts'
import { formatMarkdown } from '../../../lib/text/format-markdown.ts'
import { normalizeLanguage } from '../../../lib/text/language.ts'
import { cleanName } from '../../../lib/text/handle.ts'
import { booleanOf, firstUrl, isObject, member, sameOrigin, textOf, textProperty, webId } from '../wire.ts'
import { readAttachedLinks } from './attachments.ts'

const MAX_CONTENT = 400_000
const MAX_TITLE = 500
const MAX_SPOILER = 5000
/** Inline pictures kept in one article. */
const MAX_INLINE_IMAGES = 60
/** Mentions and hashtags in foreign Markdown stay text: what they mean is said by the tags. */
const UNRESOLVED = { mention: () => undefined, hashtag: () => '' }
const BRIEF = new Set(['Note', 'Question', 'ChatMessage'])

export interface Words {
  title: string
  /** Safe HTML. */
  content: string
  spoilerText: string
  sensitive: boolean
  language: string | undefined
}

/**
 * The words of a post. In a Note or Question `summary` is a content warning; elsewhere it is an abstract, which warns only when
 * the object is marked sensitive and is shown only when there is no content.
 */
export function readWords(object: unknown, type: string): Words {
  const sensitive = booleanOf(member(object, 'sensitive')) ?? false
  const summary =
    textProperty(object, 'summary', MAX_CONTENT) ?? textOf(member(object, '_misskey_summary'), MAX_CONTENT)
  const warns = BRIEF.has(type) || sensitive
  const html = readHtml(object, type)
  const shown = html === '' && !warns && summary !== undefined ? sanitize(summary, type) : html
  return {
    title: cleanName(htmlToText(textProperty(object, 'name', MAX_TITLE * 4) ?? '', MAX_TITLE), MAX_TITLE),
    content: withLinks(shown, externalLinks(object, type)),
    spoilerText: warns && summary !== undefined ? htmlToText(summary, MAX_SPOILER).trim() : '',
    sensitive,
    language: readLanguage(object),
  }
}

function readHtml(object: unknown, type: string): string {
  const content = textProperty(object, 'content', MAX_CONTENT)
  if (content !== undefined) {
    const mediaType = textOf(member(object, 'mediaType'), 100)
    if (mediaType === 'text/plain') return paragraphs(content)
    // PeerTube calls its comments Markdown, although they are HTML.
    const isHtml = mediaType !== 'text/markdown' || /^\s*<(?:p|div|br|span|a)\b/i.test(content)
    return isHtml ? sanitize(content, type) : formatMarkdown(content, UNRESOLVED).html
  }
  const source = textOf(
    member(object, '_misskey_content') ?? member(member(object, 'source'), 'content'),
    MAX_CONTENT,
  )
  return source === undefined ? '' : paragraphs(source)
}

function sanitize(html: string, type: string): string {
  let images = 0
  const rewriteImage = (url: string): string | undefined => (++images > MAX_INLINE_IMAGES ? undefined : url)
  return BRIEF.has(type)
    ? sanitizeHtml(html, { profile: 'post' })
    : sanitizeHtml(html, { profile: 'article', rewriteImage })
}

/** Plain text as HTML: blank lines part paragraphs, addresses become links. */
function paragraphs(text: string): string {
  const html = escapeHtml(text.replace(/\r\n?/g, '\n').trim())
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('')
    .replace(/https?:\/\/[^\s<>"')\]]{3,2000}/g, (url) => `<a href="${url}">${url}</a>`)
  return text.trim() === '' ? '' : sanitizeHtml(html)
}

/** What a shared link is about: Lemmy's Link attachment, or the foreign `url` of a Page. */
function externalLinks(object: unknown, type: string): string[] {
  const links = readAttachedLinks(object)
  const url = type === 'Page' ? firstUrl(member(object, 'url')) : undefined
  const id = webId(member(object, 'id'))
  if (url !== undefined && id !== undefined && !sameOrigin(url, id)) links.push(url)
  return [...new Set(links)].slice(0, 4)
}

function withLinks(html: string, links: string[]): string {
  const missing = links.filter((link) => !html.includes(escapeHtml(link)))
  return missing.reduce(
    (out, link) => `${out}${sanitizeHtml(`<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`)}`,
    html,
  )
}

/** The language whose entry of `contentMap` is the content itself, else the first; Lemmy's `language` and Mobilizon's `inLanguage` count too. */
function readLanguage(object: unknown): string | undefined {
  const inLanguage = textOf(member(object, 'inLanguage'), 64)
  const stated = normalizeLanguage(textOf(member(member(object, 'language'), 'identifier'), 64) ?? inLanguage)
  for (const [map, plain] of [
    ['contentMap', 'content'],
    ['summaryMap', 'summary'],
    ['nameMap', 'name'],
  ] as const) {
    const texts = member(object, map)
    if (!isObject(texts)) continue
    const entries = Object.entries(texts).slice(0, 50)
    const same = entries.find(([, text]) => text === member(object, plain)) ?? entries[0]
    const language = normalizeLanguage(same?.[0])
    if (language !== undefined) return language
  }
  return stated
}

// Turns what a local author typed into HTML, and says whom and what it refers to.
import { cleanControls, escapeHtml } from '../html/escape.ts'
import { type Entity, extract, type Extracted } from './extract.ts'
import { type Resolve, writeEntity, writeLink } from './write-entity.ts'

export type { Resolve } from './write-entity.ts'

export interface Formatted {
  html: string
  /** Each handle once, in order; `url` only where it was resolved. */
  mentions: { handle: string; username: string; domain?: string; url?: string }[]
  /** Each hashtag once: `name` is the stored spelling, `label` as first typed. */
  hashtags: { name: string; label: string }[]
  /** Each address once, in order. */
  links: string[]
  /** Shortcodes without colons, each once. */
  emojis: string[]
}

/** Plain text to HTML: a blank line splits paragraphs, a newline is `<br />`; no raw newline remains. */
export function formatPlain(text: string, resolve: Resolve): Formatted {
  const clean = cleanText(text)
  const extracted = extract(clean)
  const html = paragraphs(rewrite(clean, extracted.entities, resolve))
  return { html, ...references(extracted, resolve) }
}

/** One line of plain text to HTML without paragraphs: profile fields, poll options. Newlines become spaces. */
export function formatLine(text: string, resolve: Resolve): Formatted {
  const clean = cleanText(text).replace(/\s*\n\s*/g, ' ')
  const extracted = extract(clean)
  return { html: rewrite(clean, extracted.entities, resolve), ...references(extracted, resolve) }
}

/** Puts `<p class="quote-inline">RE: link</p>` before a quote post whose text lacks the quoted address. */
export function withQuoteFallback(html: string, quotedUrl: string): string {
  if (html.includes(escapeHtml(quotedUrl))) return html
  return `<p class="quote-inline">RE: ${writeLink(quotedUrl)}</p>${html}`
}

/** Line ends unified, control characters gone, no white space around. */
export function cleanText(text: string): string {
  return cleanControls(text.replace(/\r\n?/g, '\n')).trim()
}

/** What was found, each thing once. */
export function references(
  extracted: Omit<Extracted, 'entities'>,
  resolve: Resolve,
): Omit<Formatted, 'html'> {
  const mentions = new Map<string, Formatted['mentions'][number]>()
  for (const { handle, username, domain } of extracted.mentions) {
    const key = handle.toLowerCase()
    if (mentions.has(key)) continue
    const url = resolve.mention(handle)?.url
    mentions.set(key, {
      handle,
      username,
      ...(domain === undefined ? {} : { domain }),
      ...(url === undefined ? {} : { url }),
    })
  }
  const hashtags = new Map<string, string>()
  for (const { name, label } of extracted.hashtags) if (!hashtags.has(name)) hashtags.set(name, label)
  return {
    mentions: [...mentions.values()],
    hashtags: [...hashtags].map(([name, label]) => ({ name, label })),
    links: [...new Set(extracted.links.map((link) => link.url))],
    emojis: extracted.emojis,
  }
}

/** `text` as escaped HTML with its entities linked; newlines stay. */
export function rewrite(text: string, entities: readonly Entity[], resolve: Resolve): string {
  let out = ''
  let at = 0
  for (const entity of entities) {
    out += escapeHtml(text.slice(at, entity.start))
    out += writeEntity(entity, text.slice(entity.start, entity.end), resolve)
    at = entity.end
  }
  return out + escapeHtml(text.slice(at))
}

function paragraphs(html: string): string {
  if (html === '') return ''
  return html
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('')
}

// Writes the attributes a kept tag may carry, cleaned and in one fixed order.
import { escapeHtml } from './escape.ts'
import { safeHref, safeWebUrl } from './safe-link.ts'

/** Maps the address of a remote picture to one readers may load (our proxy), or undefined to leave the picture out. */
export type RewriteImage = (url: string) => string | undefined

/** Every attribute any kept tag may carry; nothing else is even read. */
export const WANTED_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href class translate lang rel start reversed value src alt title width height colspan rowspan encoding'.split(
    ' ',
  ),
)

const CLASS = /^(?:mention|hashtag|ellipsis|invisible|quote-inline|(?:h|p|u|dt|e)-[\w-]{1,40})$/
const CLASSED = new Set(['a', 'span', 'p'])
const LANG = /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i
const NUMBER = /^-?\d{1,9}$/
const NUMBERS: Record<string, readonly string[]> = {
  ol: ['start'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  img: ['width', 'height'],
}

/** The attributes of `tag` as text with a leading space each, or undefined when the tag must not stay (unsafe link or picture). */
export function writeAttributes(
  tag: string,
  attrs: ReadonlyMap<string, string>,
  rewriteImage: RewriteImage | undefined,
): string | undefined {
  if (tag === 'a') return linkAttributes(attrs)
  if (attrs.size === 0) return tag === 'img' ? undefined : ''
  if (tag === 'img') return imageAttributes(attrs, rewriteImage)
  let out = CLASSED.has(tag) ? classAttribute(attrs) : ''
  if (tag === 'span' && isUntranslated(attrs)) out += ' translate="no"'
  out += numberAttributes(tag, attrs)
  if (tag === 'ol' && attrs.has('reversed')) out += ' reversed=""'
  return out + langAttribute(attrs)
}

function linkAttributes(attrs: ReadonlyMap<string, string>): string | undefined {
  const href = safeHref(attrs.get('href') ?? '')
  if (href === undefined) return undefined
  const rel = hasWord(attrs.get('rel'), 'tag') ? 'tag nofollow noopener' : 'nofollow noopener'
  const translate = isUntranslated(attrs) ? ' translate="no"' : ''
  const shared = `${classAttribute(attrs)}${translate}${langAttribute(attrs)}`
  return ` href="${escapeHtml(href)}"${shared} rel="${rel}" target="_blank"`
}

function imageAttributes(
  attrs: ReadonlyMap<string, string>,
  rewriteImage: RewriteImage | undefined,
): string | undefined {
  const url = safeWebUrl(attrs.get('src') ?? '')
  const shown = url === undefined ? undefined : rewriteImage?.(url)
  if (shown === undefined || !/^(?:https?:\/\/|\/(?![/\\]))/i.test(shown)) return undefined
  const alt = (attrs.get('alt') ?? '').slice(0, 1500).toWellFormed()
  const title = attrs.has('title')
    ? ` title="${escapeHtml((attrs.get('title') ?? '').slice(0, 500).toWellFormed())}"`
    : ''
  return ` src="${escapeHtml(shown)}" alt="${escapeHtml(alt)}"${title}${numberAttributes('img', attrs)} loading="lazy"`
}

function classAttribute(attrs: ReadonlyMap<string, string>): string {
  const value = attrs.get('class')
  if (value === undefined) return ''
  const kept = value.split(/[ \t\n\f\r]+/, 50).filter((name) => CLASS.test(name))
  return kept.length === 0 ? '' : ` class="${kept.join(' ')}"`
}

function langAttribute(attrs: ReadonlyMap<string, string>): string {
  const value = attrs.get('lang')
  return value !== undefined && LANG.test(value) ? ` lang="${value}"` : ''
}

function numberAttributes(tag: string, attrs: ReadonlyMap<string, string>): string {
  let out = ''
  for (const name of NUMBERS[tag] ?? []) {
    const value = attrs.get(name)
    if (value === undefined || !NUMBER.test(value)) continue
    const limit = name === 'colspan' || name === 'rowspan' ? 1000 : Infinity
    if (Number(value) <= limit) out += ` ${name}="${value}"`
  }
  return out
}

function isUntranslated(attrs: ReadonlyMap<string, string>): boolean {
  return attrs.get('translate') === 'no'
}

function hasWord(value: string | undefined, word: string): boolean {
  return value !== undefined && value.toLowerCase().split(/\s+/, 20).includes(word)
}

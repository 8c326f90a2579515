// Lists the links of a page that say how they relate to it (`rel`): alternate, me, icon, author ...
import { scanHtml } from './scan.ts'

export interface RelLink {
  /** Lower-case relation words. */
  rel: string[]
  /** Absolute http(s) address. */
  href: string
  type?: string
  title?: string
  /** `link` stands in the head, `a` in the text. */
  element: 'link' | 'a'
}

const WANTED = new Set(['rel', 'href', 'type', 'title'])
const MAX_LINKS = 500

/** `<link rel>` and `<a rel>` of a page at `base`, in order, at most 500; those without a usable http(s) address are left out. */
export function relLinks(html: string, base?: string): RelLink[] {
  const found: RelLink[] = []
  const open = (tag: string, attrs: Map<string, string>): void => {
    if ((tag !== 'link' && tag !== 'a') || found.length >= MAX_LINKS) return
    const link = readRelLink(tag, attrs, base)
    if (link !== undefined) found.push(link)
  }
  scanHtml(
    html,
    { open, close: () => undefined, text: () => undefined },
    { wanted: WANTED, maxAttribute: 2048 },
  )
  return found
}

/** One such link from its attributes. */
export function readRelLink(
  element: 'link' | 'a',
  attrs: ReadonlyMap<string, string>,
  base: string | undefined,
): RelLink | undefined {
  const rel = attrs.get('rel')?.toLowerCase().split(/\s+/, 20).filter(Boolean)
  const href = webAddress(attrs.get('href'), base)
  if (rel === undefined || rel.length === 0 || href === undefined) return undefined
  const [type, title] = [attrs.get('type')?.trim().toLowerCase(), attrs.get('title')?.trim()]
  return { rel, href, element, ...(type ? { type } : {}), ...(title ? { title } : {}) }
}

/** An http(s) address as written in a page at `base`, made absolute; undefined when it is none. */
export function webAddress(value: string | undefined, base: string | undefined): string | undefined {
  if (value === undefined || value.trim() === '' || value.length > 2048) return undefined
  const url = URL.parse(value.trim(), base)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined
}

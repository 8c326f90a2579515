// Reads what a web page says about itself: for link previews, author credit and verified profile links.
import { decodePage } from './charset.ts'
import { cleanControls, cutText } from './escape.ts'
import { readRelLink, type RelLink, webAddress } from './links.ts'
import { scanHtml } from './scan.ts'

export interface PageHead {
  charset: string
  /** `<html lang>` as written. */
  language?: string
  /** From OpenGraph, then twitter card, then `<title>`; white space folded, at most 500 characters. */
  title?: string
  /** From OpenGraph, then twitter card, then `<meta name=description>`; at most 2000 characters. */
  description?: string
  siteName?: string
  author?: string
  /** OpenGraph type: website, article, video.other ... */
  type?: string
  image?: { url: string; width?: number; height?: number; alt?: string }
  canonical?: string
  /** Address of the page's oEmbed document (JSON). */
  oembed?: string
  publishedAt?: string
  /** `fediverse:creator`: the handle as written. */
  creator?: string
  /** Where `rel=me` links lead, from head and text, each once. */
  relMe: string[]
  /** All `<link rel>` of the page. */
  links: RelLink[]
  /** Every `og:`, `twitter:`, `article:` and plain meta property, first value each, keys lower case. */
  meta: ReadonlyMap<string, string>
}

const WANTED = new Set(['name', 'property', 'itemprop', 'content', 'rel', 'href', 'type', 'title', 'lang'])
const MAX_BYTES = 1_048_576
const MAX_META = 200
const MAX_LINKS = 500

interface Seen {
  meta: Map<string, string>
  links: RelLink[]
  title: string
  language: string | undefined
}

/** Reads the first MiB of a page in linear time. `base` is the page's own address: relative links are resolved against it. */
export function parseHead(bytes: Uint8Array, base: string, contentType = ''): PageHead {
  const { charset, text } = decodePage(bytes.subarray(0, MAX_BYTES), contentType)
  const seen: Seen = { meta: new Map(), links: [], title: '', language: undefined }
  walk(text, base, seen)
  const relMe = seen.links.filter((link) => link.rel.includes('me')).map((link) => link.href)
  const links = seen.links.filter((link) => link.element === 'link')
  return { charset, ...describe(seen, base), relMe: [...new Set(relMe)], links, meta: seen.meta }
}

function walk(text: string, base: string, seen: Seen): void {
  let titleState: 'before' | 'in' | 'done' = 'before'
  let foreign = 0
  const walker = {
    open(tag: string, attrs: Map<string, string>, selfClosing: boolean): void {
      if (tag === 'svg' && !selfClosing) foreign++
      if (tag === 'title' && titleState === 'before' && foreign === 0) titleState = 'in'
      if (tag === 'meta') addMeta(seen, attrs)
      if (tag === 'html') seen.language ??= attrs.get('lang')
      if ((tag === 'link' || tag === 'a') && seen.links.length < MAX_LINKS) {
        const link = readRelLink(tag, attrs, base)
        if (link !== undefined && (tag === 'link' || link.rel.includes('me'))) seen.links.push(link)
      }
    },
    close(tag: string): void {
      if (tag === 'svg' && foreign > 0) foreign--
      if (tag === 'title' && titleState === 'in') titleState = 'done'
    },
    text(data: string): void {
      if (titleState === 'in' && seen.title.length < 2000) seen.title += data
    },
  }
  scanHtml(text, walker, { wanted: WANTED })
}

function addMeta(seen: Seen, attrs: ReadonlyMap<string, string>): void {
  const key = (attrs.get('property') ?? attrs.get('name') ?? attrs.get('itemprop'))?.trim().toLowerCase()
  const content = attrs.get('content')?.trim()
  if (!key || !content || key.length > 60 || seen.meta.size >= MAX_META || seen.meta.has(key)) return
  seen.meta.set(key, content.slice(0, 8192).toWellFormed())
}

function describe(seen: Seen, base: string): Omit<PageHead, 'charset' | 'relMe' | 'links' | 'meta'> {
  const say = (keys: string, max: number): string | undefined => {
    for (const key of keys.split(' ')) {
      const value = tidy(seen.meta.get(key) ?? '', max)
      if (value !== '') return value
    }
    return undefined
  }
  const link = (rel: string, type?: string): string | undefined =>
    seen.links.find((one) => one.rel.includes(rel) && (type === undefined || one.type === type))?.href
  const facts = {
    language: seen.language && tidy(seen.language, 35),
    title: say('og:title twitter:title', 500) ?? (tidy(seen.title, 500) || undefined),
    description: say('og:description twitter:description description', 2000),
    siteName: say('og:site_name application-name', 200),
    author: say('author article:author:name', 200),
    type: say('og:type', 60),
    image: readImage(seen.meta, base),
    canonical: link('canonical') ?? webAddress(seen.meta.get('og:url'), base),
    oembed: link('alternate', 'application/json+oembed'),
    publishedAt: say('article:published_time datepublished date', 40),
    creator: say('fediverse:creator', 300),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''))
}

function readImage(meta: ReadonlyMap<string, string>, base: string): PageHead['image'] {
  const named = meta.get('og:image:secure_url') ?? meta.get('og:image') ?? meta.get('og:image:url')
  const url = webAddress(named ?? meta.get('twitter:image') ?? meta.get('twitter:image:src'), base)
  if (url === undefined) return undefined
  const [width, height] = [pixels(meta.get('og:image:width')), pixels(meta.get('og:image:height'))]
  const alt = tidy(meta.get('og:image:alt') ?? meta.get('twitter:image:alt') ?? '', 1500)
  return { url, ...(width ? { width } : {}), ...(height ? { height } : {}), ...(alt ? { alt } : {}) }
}

function pixels(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined
}

function tidy(text: string, max: number): string {
  const flat = cleanControls(text.slice(0, max * 8))
    .replace(/\s+/g, ' ')
    .trim()
  return cutText(flat, max)
}

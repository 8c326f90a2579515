// Reads what a page says about itself, and what its oEmbed document adds in words; never any HTML of theirs.
import { parseHead } from '../../lib/html/head.ts'
import type { PageHead } from '../../lib/html/head.ts'
import type { Card } from '../../model/card.ts'

/** A page as it came; `url` is where it was found in the end. */
export interface FetchedPage {
  url: string
  contentType: string
  body: Uint8Array
}

/** Fetches a page or document of the web; throws Refusal or Unreachable. */
export type FetchPage = (url: string, what: 'page' | 'oembed') => Promise<FetchedPage>

export interface PageCard {
  card: Card
  image: string | undefined
  /** The handle that the page gives for its author. */
  creator: string | undefined
}

/** Undefined when the page says nothing that could be shown. */
export async function readPage(fetchPage: FetchPage, url: string): Promise<PageCard | undefined> {
  const page = await fetchPage(url, 'page')
  const head = parseHead(page.body, page.url, page.contentType)
  const more = head.oembed === undefined ? {} : await readOembed(fetchPage, head.oembed)
  const card = compose(url, head, more)
  return card && { card, image: head.image?.url, creator: head.creator }
}

type Words = Pick<Card, 'title' | 'authorName' | 'authorUrl' | 'providerName' | 'providerUrl'>

/** A page is worth showing without its oEmbed document. */
async function readOembed(fetchPage: FetchPage, url: string): Promise<Words> {
  try {
    const { body } = await fetchPage(url, 'oembed')
    const said: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof said !== 'object' || said === null) return {}
    const fields = said as Record<string, unknown>
    return definedOf({
      title: words(fields['title'], 500),
      authorName: words(fields['author_name'], 200),
      authorUrl: address(fields['author_url']),
      providerName: words(fields['provider_name'], 200),
      providerUrl: address(fields['provider_url']),
    })
  } catch {
    return {}
  }
}

function compose(url: string, head: PageHead, more: Words): Card | undefined {
  const title = head.title ?? more.title
  if (title === undefined) return undefined
  const published = head.publishedAt === undefined ? Number.NaN : Date.parse(head.publishedAt)
  return {
    url,
    ...definedOf({
      title,
      description: head.description,
      language: head.language?.split('-')[0]?.toLowerCase(),
      authorName: more.authorName ?? head.author,
      authorUrl: more.authorUrl,
      providerName: more.providerName ?? head.siteName,
      providerUrl: more.providerUrl,
      width: head.image?.width,
      height: head.image?.height,
      imageDescription: head.image?.alt,
      publishedAt: isNear(published) ? new Date(published).toISOString() : undefined,
    }),
  }
}

/** Years beyond these are mistakes. */
function isNear(ms: number): boolean {
  return ms > Date.UTC(1900, 0) && ms < Date.UTC(2200, 0)
}

function words(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const flat = value
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return flat === '' ? undefined : flat.slice(0, max).toWellFormed()
}

function address(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2048) return undefined
  const url = URL.parse(value)
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined
}

function definedOf<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

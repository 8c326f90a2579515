// The rules for the Link header of pages: which rels, which cursor, absolute, other parameters kept.
import type { CatalogEndpoint } from './catalog.ts'

export interface Exchange {
  method: string
  /** Path with the query, as requested. */
  path: string
  status: number
  headers: Headers | Record<string, string>
  body: unknown
}

const cursors = new Set(['max_id', 'since_id', 'min_id', 'offset'])

/** Problems of the Link header of a successful answer, none for endpoints without pages. */
export function linkProblems(endpoint: CatalogEndpoint, exchange: Exchange, at: string): string[] {
  const header = new Headers(exchange.headers).get('link') ?? ''
  const asked = new URL(exchange.path, 'https://asked.example').searchParams
  if (!endpoint.paginated) return []
  const count = pageLength(exchange.body)
  if (asked.get('limit') === '0') return header ? [`${at}: a complete list has a Link header`] : []
  // A page on which everything is hidden leads on; one at the end has no header.
  if (count === 0 && header === '') return []
  if (count === 0 && !header.includes('rel="next"'))
    return [`${at}: an empty page has a Link header that does not lead on`]
  const links = parseLinks(header)
  if (!links) return [`${at}: the Link header "${header}" cannot be read`]
  const problems = links.flatMap((link) => oneLink(link, endpoint, exchange).map((text) => `${at}: ${text}`))
  const rels = links.map((link) => link.rel)
  if (rels.length === 2 && rels[0] !== 'next')
    problems.push(`${at}: rel=next does not come first in the Link header`)
  if (needsNext(endpoint, asked, count) && !rels.includes('next'))
    problems.push(`${at}: the Link header lacks rel=next`)
  if (needsPrev(endpoint, asked) && !rels.includes('prev'))
    problems.push(`${at}: the Link header lacks rel=prev`)
  return problems
}

function needsNext(endpoint: CatalogEndpoint, asked: URLSearchParams, count: number): boolean {
  if (asked.get('pinned')) return false
  if (endpoint.pagination?.next_sent === 'non-empty page') return true
  const limit = endpoint.params.find((param) => param.name === 'limit')
  if (typeof limit?.default !== 'number') return false
  const wanted = Math.abs(Number(asked.get('limit') ?? limit.default)) || limit.default
  return count >= Math.min(wanted, limit.max ?? wanted)
}

function needsPrev(endpoint: CatalogEndpoint, asked: URLSearchParams): boolean {
  if (endpoint.pagination?.prev_param === 'offset') return Number(asked.get('offset') ?? 0) > 0
  return !asked.get('pinned') && !endpoint.notes?.includes('Link only when page is full')
}

interface Link {
  url: string
  rel: string
}

/** Reads <url>; rel="next", <url>; rel="prev"; undefined when anything is left over. */
function parseLinks(header: string): Link[] | undefined {
  const links: Link[] = []
  const rest = header.replace(
    /<([^>]*)>\s*;\s*rel="(next|prev)"\s*(?:,\s*|$)/g,
    (_, url: string, rel: string) => {
      links.push({ url, rel })
      return ''
    },
  )
  return rest === '' ? links : undefined
}

function oneLink({ url, rel }: Link, endpoint: CatalogEndpoint, exchange: Exchange): string[] {
  if (!/^https?:/.test(url) || !URL.canParse(url)) return [`the ${rel} link "${url}" is not absolute`]
  const link = new URL(url)
  const asked = new URL(exchange.path, url)
  const problems: string[] = []
  if (link.pathname !== asked.pathname)
    problems.push(`the ${rel} link leads to another path, ${link.pathname}`)
  const style = endpoint.pagination?.prev_param ?? 'since_id'
  const cursor = rel === 'prev' || style === 'offset' ? style : 'max_id'
  if (!link.searchParams.get(cursor)) problems.push(`the ${rel} link lacks ${cursor}`)
  for (const [key, value] of asked.searchParams) {
    const dropped = cursors.has(key) || endpoint.notes?.includes(`${key} is not carried`)
    if (!dropped && !link.searchParams.getAll(key).includes(value))
      problems.push(`the ${rel} link drops ${key}=${value}`)
  }
  return problems
}

function pageLength(body: unknown): number {
  if (Array.isArray(body)) return body.length
  const lists = Object.values(body ?? {}).filter(Array.isArray)
  const groups = (body as { notification_groups?: unknown[] } | null)?.notification_groups
  return groups?.length ?? Math.max(0, ...lists.map((list) => list.length))
}

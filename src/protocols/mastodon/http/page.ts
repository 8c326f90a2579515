// Pages of a list by id cursors: max_id, since_id and min_id in, the Link header out.
import type { Edges, IdWindow } from '../../../model/page.ts'
import type { Params } from './params.ts'

/** What a client asks for. `minId` wins over `sinceId`. */
export type PageRequest = IdWindow

/** Reads the cursors; a limit beyond the maximum is clamped, a negative one counts as positive. */
export function readPage(params: Params, fallback: number, max: number): PageRequest {
  const asked = Math.abs(params.integer('limit') ?? fallback)
  const page: PageRequest = { limit: Math.min(asked === 0 ? fallback : asked, max) }
  const maxId = params.integer('max_id')
  const sinceId = params.integer('since_id')
  const minId = params.integer('min_id')
  if (maxId !== undefined) page.maxId = maxId
  if (sinceId !== undefined) page.sinceId = sinceId
  if (minId !== undefined) page.minId = minId
  return page
}

/** What the Link header of a page points to; without `more: false`, more rows may follow. */
export interface PageEdges extends Edges {
  /** The list knows `min_id`; otherwise `prev` uses `since_id`. */
  minId?: boolean
}

const PLAIN = /^https?:\/\/[^/?#]+(\/[\w/-]*)$/

/** Builds the Link header (RFC 8288), keeping the request's other parameters. */
export function linkHeader(requestUrl: string, origin: string, edges: PageEdges): string {
  // Building addresses takes longer than all else of a page; most are asked for without parameters.
  const plain = PLAIN.exec(requestUrl)?.[1]
  const asked = plain === undefined ? new URL(requestUrl) : undefined
  const build = (name: string, value: number): string => {
    if (!asked) return `${origin}${plain}?${name}=${value}`
    const url = new URL(asked.pathname, origin)
    for (const [key, old] of asked.searchParams)
      if (!['max_id', 'since_id', 'min_id', 'access_token', 'bearer_token'].includes(key))
        url.searchParams.append(key, old)
    url.searchParams.set(name, String(value))
    return url.href
  }
  const links: string[] = []
  if (edges.more !== false) links.push(`<${build('max_id', edges.last)}>; rel="next"`)
  links.push(`<${build(edges.minId === false ? 'since_id' : 'min_id', edges.first)}>; rel="prev"`)
  return links.join(', ')
}

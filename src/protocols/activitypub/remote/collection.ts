// Reads collections of other servers: few pages, few items, never in circles, never beyond their own server.
import type { JsonObject } from '../signing/types.ts'
import { asArray, countOf, idOf, isObject, member, sameOrigin, webId } from '../wire.ts'
import type { Fetcher } from './fetch.ts'

export interface CollectionLimits {
  pages: number
  items: number
}

export interface Collection {
  /** What the collection claims to hold in all. */
  total: number | undefined
  /** Ids and embedded objects as they came, in order. */
  items: unknown[]
  /** Whether nothing was left out: no limit was met, no page failed, and there are as many items as it claims. */
  isWhole: boolean
}

/** The collection at `uri` as far as the limits go. Throws what the first fetch throws; later pages that fail end it. */
export async function readCollection(
  fetcher: Fetcher,
  uri: string,
  limits: CollectionLimits,
): Promise<Collection> {
  const { json } = await fetcher.exactly(uri)
  const collection: Collection = {
    total: countOf(json),
    items: itemsOf(json, limits.items),
    isWhole: false,
  }
  const seen = new Set([uri])
  let next: unknown = member(json, 'first')
  for (let page = 0; page < limits.pages && collection.items.length < limits.items; page++) {
    const found = await openPage(fetcher, next, { uri, seen })
    if (!found) break
    collection.items.push(...itemsOf(found, limits.items - collection.items.length))
    next = member(found, 'next')
  }
  const { total, items } = collection
  collection.isWhole =
    next === undefined && items.length < limits.items && (total === undefined || total === items.length)
  return collection
}

/** An embedded page (Mastodon's have no id), or the one an address on the same server leads to. */
async function openPage(
  fetcher: Fetcher,
  page: unknown,
  { uri, seen }: { uri: string; seen: Set<string> },
): Promise<unknown> {
  const isEmbedded = isObject(page) && (member(page, 'items') ?? member(page, 'orderedItems')) !== undefined
  const address = isObject(page) ? idOf(page) : webId(page)
  if (address !== undefined && seen.has(address)) return undefined
  if (address !== undefined) seen.add(address)
  if (isEmbedded) return page
  if (address === undefined || !sameOrigin(address, uri)) return undefined
  try {
    return (await fetcher.exactly(address)).json
  } catch {
    return undefined
  }
}

function itemsOf(page: unknown, max: number): unknown[] {
  return asArray((page as JsonObject)['orderedItems'] ?? (page as JsonObject)['items'], max)
}

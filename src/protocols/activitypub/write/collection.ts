// Writes collections and their pages.
import { present } from '../wire.ts'
import type { Document } from './types.ts'

/** A collection by its id; `first` is left out where its members are nobody's business. */
export function writeCollection(
  id: string,
  options: { totalItems?: number; first?: string; ordered?: boolean },
): Document {
  return present({
    id,
    type: options.ordered === false ? 'Collection' : 'OrderedCollection',
    totalItems: options.totalItems,
    first: options.first,
  })
}

/** A small collection with everything in it. */
export function writeWhole(id: string, items: readonly unknown[], ordered = true): Document {
  return {
    id,
    type: ordered ? 'OrderedCollection' : 'Collection',
    totalItems: items.length,
    [ordered ? 'orderedItems' : 'items']: items,
  }
}

/** One page; `next` only where more follow. */
export function writePage(
  id: string,
  page: { partOf: string; items: readonly unknown[]; next?: string; totalItems?: number; ordered?: boolean },
): Document {
  const ordered = page.ordered !== false
  return present({
    id,
    type: ordered ? 'OrderedCollectionPage' : 'CollectionPage',
    partOf: page.partOf,
    totalItems: page.totalItems,
    next: page.next,
    [ordered ? 'orderedItems' : 'items']: page.items,
  })
}

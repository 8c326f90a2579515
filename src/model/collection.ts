// Collections: people whom somebody recommends together, under a name.

/** Times in milliseconds since 1970; flags are 0 or 1. */
export interface Collection {
  id: number
  account_id: number
  name: string
  description: string
  language: string | null
  /** The normalised name of a hashtag that tells what it is about. */
  tag: string | null
  sensitive: number
  discoverable: number
  created_at: number
  updated_at: number
}

export interface CollectionItem {
  id: number
  collection_id: number
  account_id: number
  /** Whoever took themselves out is not put in again. */
  state: 'accepted' | 'revoked'
  created_at: number
}

export interface CollectionView {
  collection: Collection
  items: CollectionItem[]
}

/** How large collections may become. */
export const COLLECTION_LIMITS = { collections: 10, people: 25, name: 100, description: 500 }

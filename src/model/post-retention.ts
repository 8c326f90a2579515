// How long somebody wants to keep their own posts, and which are kept for good.

export interface PostRetention {
  /** Posts older than this many days go. */
  days: number
  keepPinned: boolean
  keepDirect: boolean
  keepMedia: boolean
  keepPolls: boolean
  /** Posts that their author has bookmarked or favourited. */
  keepBookmarked: boolean
  keepFavourited: boolean
  /** Kept from this many favourites or boosts on; null where numbers do not matter. */
  minFavourites: number | null
  minBoosts: number | null
}

export const DEFAULT_RETENTION: PostRetention = {
  days: 365,
  keepPinned: true,
  keepDirect: true,
  keepMedia: false,
  keepPolls: false,
  keepBookmarked: true,
  keepFavourited: true,
  minFavourites: null,
  minBoosts: null,
}

export const RETENTION_LIMITS = { leastDays: 7, mostDays: 3650, mostCount: 1_000_000 }

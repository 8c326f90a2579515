// What somebody does not want to read unwarned: words and single posts, each filter for some places and a time.

export const FILTER_CONTEXTS = ['home', 'notifications', 'public', 'thread', 'account'] as const
export const FILTER_ACTIONS = ['warn', 'hide', 'blur'] as const

export type FilterContext = (typeof FILTER_CONTEXTS)[number]
export type FilterAction = (typeof FILTER_ACTIONS)[number]

export interface FilterKeyword {
  id: number
  filterId: number
  keyword: string
  wholeWord: boolean
}

/** A post that is filtered whatever it says. */
export interface FilteredPost {
  id: number
  filterId: number
  postId: number
}

export interface Filter {
  id: number
  accountId: number
  title: string
  contexts: FilterContext[]
  action: FilterAction
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null
  keywords: FilterKeyword[]
  posts: FilteredPost[]
}

/** A filter that caught a post, with what of it did. */
export interface FilterMatch {
  filter: Filter
  keywords: string[]
  postIds: number[]
}

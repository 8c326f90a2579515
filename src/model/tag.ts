// Hashtags, and how readers see them.

export interface Tag {
  id: number
  name: string
  display_name: string
  created_at: number
  last_used_at: number | null
  usable: number
  trendable: number | null
  listable: number
  reviewed_at: number | null
}

/** How much a tag was used on one day. */
export interface TagUse {
  /** Days since 1970. */
  day: number
  uses: number
  accounts: number
}

/** A tag with its last days, newest first, and what the reader does with it; undefined for the anonymous. */
export interface TagView {
  tag: Tag
  history: TagUse[]
  following: boolean | undefined
  featuring: boolean | undefined
}

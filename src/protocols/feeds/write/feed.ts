// A feed and its entries, before they become Atom or RSS. Times are milliseconds since 1970.

export interface FeedPerson {
  name: string
  page: string
}

/** A file of an entry, as feed readers fetch it. */
export interface FeedFile {
  url: string
  /** An internet media type. */
  type: string
  /** 0 when nobody counted. */
  bytes: number
  medium: 'image' | 'video' | 'audio' | 'document'
  description: string
  /** Not to be shown without asking. */
  sensitive: boolean
}

export interface FeedEntry {
  /** The post's own id on the wire: the same for ever, wherever it is read. */
  id: string
  title: string
  html: string
  page: string
  author: FeedPerson
  publishedAt: number
  updatedAt: number
  language: string | undefined
  tags: readonly { name: string; page: string }[]
  files: readonly FeedFile[]
}

export interface Feed {
  id: string
  title: string
  description: string
  page: string
  picture: string | undefined
  author: FeedPerson | undefined
  generator: { name: string; version: string }
  /** Counts when there are no entries. */
  updatedAt: number
  entries: readonly FeedEntry[]
  /** The cursor of older entries, when there may be some. */
  nextBefore: number | undefined
}

/** Where the feed is read, and where its older part is. */
export interface FeedAddress {
  self: string
  next: string | undefined
}

export function changedAt(feed: Feed): number {
  return feed.entries.reduce((last, entry) => Math.max(last, entry.updatedAt), 0) || feed.updatedAt
}

// What is kept of a page that a post links to.

export interface Card {
  url: string
  title?: string
  description?: string
  language?: string
  type?: 'link' | 'photo' | 'video' | 'rich'
  authorName?: string
  authorUrl?: string
  /** The account that wrote the page, by its own word and the page's. */
  creatorId?: number
  providerName?: string
  providerUrl?: string
  width?: number
  height?: number
  imageDescription?: string
  blurhash?: string
  /** ISO 8601. */
  publishedAt?: string
}

// A post as one reader sees it, with everything that a wire needs to show it.
import type { AccountView } from './account-view.ts'
import type { App } from './app.ts'
import type { CustomEmoji } from './custom-emoji.ts'
import type { MediaRow } from './media.ts'
import type { Poll } from './poll.ts'
import type { Post } from './post.ts'

/** An account named in a post's text. */
export interface Mentioned {
  postId: number
  accountId: number
  username: string
  domain: string
  url: string
}

export interface TagOfPost {
  postId: number
  name: string
}

export interface EventOfPost {
  post_id: number
  starts_at: number
  ends_at: number | null
  place: string
  status: string
}

export interface CardOfPost {
  postId: number
  id: number
  card: string
  imageKey: string | null
  hasImage: boolean
  updatedAt: number
  /** The account that wrote the page. */
  creator?: AccountView
}

/** What the reader has done with a post. */
export interface Marks {
  liked: boolean
  boosted: boolean
  bookmarked: boolean
  pinned: boolean
  threadMuted: boolean
}

export interface PollView {
  poll: Poll
  /** The reader's own choices; undefined for the anonymous. */
  ownVotes: number[] | undefined
}

export interface QuoteView {
  state: string
  /** The quoted post's id, shown only when the reader may see it. */
  postId: number | undefined
  /** The quoted post itself, on the first level only. */
  post: PostView | undefined
}

/** What is the same for every reader of a post. The object stays the same until something of it changes. */
export interface SharedPost {
  post: Post
  author: AccountView
  media: MediaRow[]
  mentions: Mentioned[]
  tags: TagOfPost[]
  emojis: CustomEmoji[]
  poll: Poll | undefined
  event: EventOfPost | undefined
  card: CardOfPost | undefined
  app: App | undefined
}

export interface PostView {
  /** What it has in common with other readers' views. */
  shared: SharedPost
  post: Post
  author: AccountView
  boostOf: PostView | undefined
  media: MediaRow[]
  mentions: Mentioned[]
  tags: TagOfPost[]
  emojis: CustomEmoji[]
  poll: PollView | undefined
  event: EventOfPost | undefined
  card: CardOfPost | undefined
  app: App | undefined
  quote: QuoteView | undefined
  /** What the reader did with it; undefined for the anonymous. */
  marks: Marks | undefined
  /** Follows the author (decides on quoting). */
  follows: boolean
}

/** An earlier version of a post. */
export interface PostVersion {
  /** When this version came to be, in milliseconds since 1970. */
  editedAt: number
  snapshot: PostSnapshot
}

/**
 * One earlier version, as `post_edits.snapshot` holds it (JSON). A post's history is these rows in order of id, each dated
 * by when that version came to be, and then the post as it is.
 */
export interface PostSnapshot {
  title: string
  content: string
  spoilerText: string
  sensitive: boolean
  emojiIds: number[]
  /** In order; files may be gone by now. */
  media: { id: number; description: string | null }[]
  poll: { options: string[] } | null
}

// What the writers are given: our accounts and posts with everything their documents say, and no database rows.
import type { AccountKind } from '../../../model/account.ts'
import type { Audience } from '../../../model/audience.ts'
import type { IncomingEvent, PostKind, QuotePolicy, RecipientKind } from '../../../model/post.ts'

/** A JSON object on its way out, member by member in the order in which it is written. */
export type Document = Record<string, unknown>

export interface OutgoingPicture {
  url: string
  mediaType?: string
  description: string
}

export interface OutgoingEmoji {
  uri: string
  /** Without colons. */
  shortcode: string
  url: string
  mediaType?: string
  updatedAt: number
}

export interface OutgoingKey {
  keyId: string
  kind: 'rsa' | 'ed25519'
  /** PEM (SPKI) for rsa, multibase for ed25519. */
  publicKey: string
}

/** A local account; HTML is safe, times are milliseconds since 1970. */
export interface OutgoingAccount {
  uri: string
  /** The profile's page. */
  url: string
  kind: AccountKind
  username: string
  /** Our domain, as it stands in handles. */
  domain: string
  guid?: string
  name: string
  note: string
  fields: { name: string; value: string }[]
  avatar?: OutgoingPicture
  header?: OutgoingPicture
  locked: boolean
  discoverable: boolean
  indexable: boolean
  memorial: boolean
  suspended: boolean
  inbox: string
  sharedInbox: string
  outbox?: string
  followers?: string
  following?: string
  featured?: string
  featuredTags?: string
  movedTo?: string
  alsoKnownAs: string[]
  attributionDomains: string[]
  emojis: OutgoingEmoji[]
  keys: OutgoingKey[]
  publishedAt: number
}

export interface OutgoingRecipient {
  uri: string
  kind: RecipientKind
  /** user@domain. */
  handle: string
}

export interface OutgoingMedia {
  kind: 'image' | 'video' | 'audio' | 'gifv' | 'unknown'
  url: string
  mediaType: string
  description?: string
  blurhash?: string
  width?: number
  height?: number
  durationSeconds?: number
  focus?: { x: number; y: number }
  previewUrl?: string
}

export interface OutgoingPoll {
  options: { title: string; votes: number }[]
  multiple: boolean
  votersCount: number
  expiresAt?: number
  endedAt?: number
}

/** A local post; HTML is safe, times are milliseconds since 1970. */
export interface OutgoingPost {
  uri: string
  url: string
  kind: PostKind
  guid?: string
  author: { uri: string; followersUri: string }
  audience: Audience
  recipients: OutgoingRecipient[]
  /** The group it was posted to. */
  group?: { uri: string; followersUri?: string }
  inReplyTo?: { uri: string; authorUri?: string }
  contextUri?: string
  quote?: { uri: string; url?: string; authorizationUri?: string }
  quotePolicy: QuotePolicy
  /** Where the author of what it answers agreed to that. */
  replyAuthorizationUri?: string
  title: string
  content: string
  source?: { content: string; mediaType: string }
  spoilerText: string
  sensitive: boolean
  language?: string
  publishedAt: number
  editedAt?: number
  tags: { displayName: string; url: string }[]
  emojis: OutgoingEmoji[]
  attachments: OutgoingMedia[]
  poll?: OutgoingPoll
  event?: IncomingEvent
}

/** To whom a document is addressed. */
export interface Addressing {
  to: string[]
  cc: string[]
  audience?: string
}

// Accounts: people, groups and services, ours and everyone else's.

export type AccountKind = 'person' | 'group' | 'organization' | 'service' | 'application'

/** Over which protocol an account is reached; 'local' accounts live here. */
export type AccountProtocol = 'local' | 'activitypub' | 'diaspora' | 'feed'

/** What a user of this server may do beyond using it; each role includes those before it. */
export type Role = 'user' | 'moderator' | 'admin' | 'owner'

export const ROLES: readonly Role[] = ['user', 'moderator', 'admin', 'owner']

/** One line of a profile's table. `value` is HTML for shown fields and plain text for a local user's source. */
export interface ProfileField {
  name: string
  value: string
  verifiedAt?: number
}

/** A custom emoji as some other server describes it. */
export interface IncomingEmoji {
  shortcode: string
  uri?: string
  imageUrl: string
  updatedAt?: number
}

export interface IncomingKey {
  keyId: string
  kind: 'rsa' | 'ed25519'
  /** PEM (SPKI) for rsa, multibase for ed25519. */
  publicKey: string
}

/** What any wire's reader makes of a remote account; HTML is sanitised, URLs are absolute http(s). */
export interface IncomingAccount {
  uri: string
  url?: string
  guid?: string
  protocol: AccountProtocol
  kind: AccountKind
  username: string
  /** Canonical domain of the handle, after the reader's caller has checked it by WebFinger. */
  domain: string
  name: string
  note: string
  fields: ProfileField[]
  avatarUrl?: string
  avatarDescription?: string
  headerUrl?: string
  headerDescription?: string
  bot: boolean
  locked: boolean
  discoverable: boolean
  indexable: boolean
  memorial: boolean
  suspended: boolean
  inbox?: string
  outbox?: string
  sharedInbox?: string
  followersUri?: string
  followingUri?: string
  featuredUri?: string
  featuredTagsUri?: string
  movedToUri?: string
  alsoKnownAs: string[]
  attributionDomains: string[]
  emojis: IncomingEmoji[]
  keys: IncomingKey[]
  publishedAt?: number
  /** The document as it arrived, JSON text. */
  raw: string
}

/** An account as it is kept: texts of JSON where lists are, 0 and 1 for no and yes, times in milliseconds since 1970. */
export interface Account {
  id: number
  username: string
  username_key: string
  domain: string
  protocol: string
  kind: string
  uri: string
  url: string | null
  guid: string | null
  name: string
  note: string
  note_source: string | null
  fields: string
  avatar_key: string | null
  avatar_static_key: string | null
  avatar_remote_url: string | null
  avatar_description: string
  header_key: string | null
  header_static_key: string | null
  header_remote_url: string | null
  header_description: string
  bot: number
  locked: number
  discoverable: number
  indexable: number
  hide_collections: number
  memorial: number
  followers_count: number
  following_count: number
  posts_count: number
  last_post_at: number | null
  inbox: string | null
  outbox: string | null
  shared_inbox: string | null
  followers_uri: string | null
  following_uri: string | null
  featured_uri: string | null
  featured_tags_uri: string | null
  moved_to_id: number | null
  also_known_as: string
  attribution_domains: string
  emoji_ids: string
  suspended_at: number | null
  suspended_by: string | null
  limited_at: number | null
  sensitized_at: number | null
  deleted_at: number | null
  raw: string | null
  fetched_at: number | null
  completed_at: number | null
  created_at: number
  updated_at: number
}

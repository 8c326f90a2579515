// Posts as the domain speaks of them, and what any wire's reader makes of a remote one.
import type { IncomingEmoji } from './account.ts'
import type { Approval } from './approval.ts'
import type { Audience, Guarded } from './audience.ts'

export type PostKind =
  | 'note'
  | 'article'
  | 'page'
  | 'question'
  | 'event'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'

/** mention: named in the text; silent: addressed but not named; circle: member of a chosen circle at the time of posting. */
export type RecipientKind = 'mention' | 'silent' | 'circle'

export type QuoteState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted'

/** What a local author can say about who may quote a post. */
export type QuotePolicy = 'public' | 'followers' | 'nobody'

export interface IncomingMedia {
  kind: 'image' | 'video' | 'audio' | 'gifv' | 'unknown'
  url: string
  contentType?: string
  previewUrl?: string
  description?: string
  blurhash?: string
  width?: number
  height?: number
  durationSeconds?: number
  /** x and y from -1 to 1, y up. */
  focus?: { x: number; y: number }
}

export interface IncomingPoll {
  options: { title: string; votes: number }[]
  multiple: boolean
  expiresAt?: number
  endedAt?: number
  votersCount?: number
}

export interface IncomingEvent {
  startsAt: number
  endsAt?: number
  timezone?: string
  place?: { name?: string; address?: string; latitude?: number; longitude?: number; url?: string }
  status: 'confirmed' | 'tentative' | 'cancelled'
  joinMode: 'free' | 'restricted' | 'external' | 'invite'
  externalUrl?: string
  capacity?: number
}

/** A remote post, read; HTML is sanitised, URLs are absolute http(s), times are milliseconds since 1970. */
export interface IncomingPost {
  uri: string
  url?: string
  guid?: string
  kind: PostKind
  authorUri: string
  audience: Audience
  /** URIs of accounts that it names; mention wins over silent. */
  recipients: { uri: string; kind: RecipientKind; handle?: string }[]
  /** The group that it was posted to (audience, or an exclusive mention of a group). */
  groupUri?: string
  inReplyToUri?: string
  contextUri?: string
  quoteUri?: string
  quoteAuthorizationUri?: string
  quotePolicy: Approval
  replyPolicy: Approval
  title: string
  content: string
  spoilerText: string
  sensitive: boolean
  language?: string
  publishedAt: number
  editedAt?: number
  /** Normalised hashtag names with the spelling to show. */
  tags: { name: string; displayName: string }[]
  emojis: IncomingEmoji[]
  attachments: IncomingMedia[]
  poll?: IncomingPoll
  event?: IncomingEvent
  repliesUri?: string
  likesCount?: number
  boostsCount?: number
  /** Replies are closed (PeerTube commentsEnabled false, Pixelfed capabilities); undefined where nothing is said. */
  commentsClosed?: boolean
  /** The object as it arrived, JSON text. */
  raw: string
}

/** What a local author asks for; ids are ours, `text` is the source in `sourceType`. */
export interface PostDraft {
  text: string
  sourceType: 'text/plain' | 'text/markdown' | 'text/html'
  title?: string
  spoilerText?: string
  sensitive?: boolean
  language?: string
  audience: Audience
  localOnly?: boolean
  circleIds?: number[]
  recipientIds?: number[]
  groupId?: number
  inReplyToId?: number
  quoteOfId?: number
  quotePolicy?: QuotePolicy
  mediaIds?: number[]
  mediaAttributes?: { id: number; description?: string; focus?: { x: number; y: number } }[]
  poll?: { options: string[]; expiresInSeconds: number; multiple: boolean; hideTotals: boolean }
  event?: IncomingEvent
  appId?: number
  idempotencyKey?: string
  /** The author expects to mention nobody else: the post is refused when its text does. */
  allowedMentionIds?: number[]
}

/** A post as it is kept: texts of JSON where lists are, 0 and 1 for no and yes, times in milliseconds since 1970. */
export interface Post {
  id: number
  uri: string
  url: string | null
  guid: string | null
  account_id: number
  kind: string
  local: number
  audience: string
  local_only: number
  in_public: number
  in_reply_to_id: number | null
  in_reply_to_account_id: number | null
  in_reply_to_uri: string | null
  thread_id: number
  context_uri: string | null
  boost_of_id: number | null
  quote_of_id: number | null
  quote_uri: string | null
  quote_state: string | null
  quote_policy: string
  comments_closed: number
  reply_policy: string
  group_id: number | null
  app_id: number | null
  title: string
  content: string
  source: string | null
  source_type: string
  spoiler_text: string
  sensitive: number
  language: string | null
  emoji_ids: string
  replies_uri: string | null
  published_at: number
  created_at: number
  edited_at: number | null
  replies_count: number
  boosts_count: number
  likes_count: number
  dislikes_count: number
  quotes_count: number
}

/** The part of a post that the visibility rule reads. */
export function guardOf(post: Post): Guarded {
  return {
    accountId: post.account_id,
    audience: post.audience as Audience,
    localOnly: post.local_only === 1,
  }
}

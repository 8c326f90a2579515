// What somebody has begun to write and keeps for later.
import type { Audience } from './audience.ts'
import type { PostDraft, QuotePolicy } from './post.ts'

/** One post of a draft: a thread has several. */
export interface DraftPart {
  text: string
  spoilerText: string
  sensitive: boolean
  mediaIds: number[]
  poll: NonNullable<PostDraft['poll']> | null
}

export interface DraftContent {
  parts: DraftPart[]
  sourceType: PostDraft['sourceType']
  language: string | null
  audience: Audience
  localOnly: boolean
  circleIds: number[]
  recipientIds: number[]
  inReplyToId: number | null
  quoteOfId: number | null
  quotePolicy: QuotePolicy | null
}

export interface KeptDraft {
  id: number
  accountId: number
  content: DraftContent
  /** Why it could not be published when its time had come. */
  problem: string | null
  createdAt: number
  updatedAt: number
}

export const DRAFT_LIMITS = {
  drafts: 100,
  parts: 25,
  /** Of one draft as it is stored. */
  bytes: 200_000,
  /** A draft that nobody touched for so long is thrown away. */
  days: 365,
} as const

/** A post that waited for its time, as something that can be looked at and mended. */
export function contentOfPost(draft: PostDraft): DraftContent {
  return {
    parts: [
      {
        text: draft.text,
        spoilerText: draft.spoilerText ?? '',
        sensitive: draft.sensitive === true,
        mediaIds: draft.mediaIds ?? [],
        poll: draft.poll ?? null,
      },
    ],
    sourceType: draft.sourceType,
    language: draft.language ?? null,
    audience: draft.audience,
    localOnly: draft.localOnly === true,
    circleIds: draft.circleIds ?? [],
    recipientIds: draft.recipientIds ?? [],
    inReplyToId: draft.inReplyToId ?? null,
    quoteOfId: draft.quoteOfId ?? null,
    quotePolicy: draft.quotePolicy ?? null,
  }
}

// Every fact: what has happened here, written in the same transaction as the rows it speaks of.

/**
 * Ids are ours. Where the rows are gone once the fact is told (undo, delete), the fact carries what tellers need.
 * Facts about remote accounts are told as well: their consequences (feeds, notifications, streaming) are the same;
 * a protocol tells others only what local accounts did.
 */
export type Fact =
  | { type: 'account-created'; accountId: number }
  | { type: 'account-updated'; accountId: number }
  | { type: 'account-deleted'; accountId: number; uri: string }
  | { type: 'account-suspended'; accountId: number }
  | { type: 'account-unsuspended'; accountId: number }
  | { type: 'account-moved'; accountId: number; targetId: number }
  | { type: 'follow-requested'; accountId: number; targetId: number }
  | { type: 'follow-accepted'; accountId: number; targetId: number; automatic: boolean }
  | {
      type: 'follow-rejected'
      accountId: number
      targetId: number
      followUri: string | null
      wasAccepted: boolean
    }
  | { type: 'follow-undone'; accountId: number; targetId: number; followUri: string | null }
  | { type: 'block-added'; accountId: number; targetId: number }
  | { type: 'block-removed'; accountId: number; targetId: number; blockUri: string | null }
  | { type: 'post-published'; postId: number; accountId: number; boostOfId: number | null }
  | { type: 'post-edited'; postId: number; accountId: number }
  | { type: 'post-deleted'; post: DeletedPost }
  | { type: 'post-boosted'; boostId: number; postId: number; accountId: number }
  | { type: 'boost-undone'; boost: DeletedPost; originalUri: string; originalAuthorId: number }
  | { type: 'post-pinned'; postId: number; accountId: number }
  | { type: 'post-unpinned'; postId: number; accountId: number; uri: string }
  | { type: 'reaction-added'; reactionId: number; postId: number; accountId: number }
  | { type: 'reaction-undone'; reaction: UndoneReaction }
  | { type: 'poll-voted'; postId: number; accountId: number; choices: number[] }
  | { type: 'poll-ended'; postId: number }
  | { type: 'event-answered'; postId: number; accountId: number; answer: string }
  | { type: 'quote-settled'; postId: number; quotedId: number; state: string }
  | { type: 'reply-settled'; postId: number; accountId: number; state: 'accepted' | 'rejected' }
  | { type: 'report-filed'; reportId: number }
  | { type: 'strike-given'; strikeId: number; accountId: number }
  | { type: 'media-described'; mediaId: number; postId: number }

export type FactType = Fact['type']
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>

/** What is left of a post once its row is gone: enough to retract it everywhere it went. */
export interface DeletedPost {
  id: number
  uri: string
  accountId: number
  local: boolean
  localOnly: boolean
  audience: string
  threadId: number
  boostOfId: number | null
  inReplyToAccountId: number | null
  groupId: number | null
  /** Accounts that it named. */
  recipientIds: number[]
  tagNames: string[]
}

export interface UndoneReaction {
  id: number
  uri: string | null
  kind: string
  emoji: string
  postId: number
  postUri: string
  postAuthorId: number
  accountId: number
}

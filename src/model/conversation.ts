// Private conversations as each of those in them has them.

/** `participants` is a JSON list of account ids, without the owner's. */
export interface Conversation {
  id: number
  account_id: number
  thread_id: number
  last_post_id: number
  participants: string
  unread: number
}

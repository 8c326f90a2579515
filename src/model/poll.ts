// Polls as the posts that ask them have them.

export interface PollOption {
  title: string
  votes: number
}

export interface Poll {
  postId: number
  options: PollOption[]
  multiple: boolean
  hideTotals: boolean
  expiresAt: number | null
  endedAt: number | null
  /** Unknown for some polls of other servers. */
  votersCount: number | null
}

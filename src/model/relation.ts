// How one account stands to another.

/** Everything between a reader and one other account. */
export interface Relation {
  accountId: number
  following:
    | { accepted: boolean; showBoosts: boolean; notify: boolean; languages: string[] | null }
    | undefined
  followedBy: { accepted: boolean } | undefined
  blocking: boolean
  blockedBy: boolean
  muting: { hideNotifications: boolean; expiresAt: number | null } | undefined
  domainBlocking: boolean
  endorsed: boolean
  note: string
}

/** Whom a list names: `id` is the row's (for paging), `accountId` the other account's. */
export interface FollowEdge {
  id: number
  accountId: number
}

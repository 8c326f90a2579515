// What people are told about what others did.

export interface Notification {
  id: number
  account_id: number
  kind: string
  from_id: number
  subject_id: number
  post_id: number | null
  group_key: string | null
  filtered: number
  created_at: number
}

/** Which of a person's notifications are asked for. */
export interface NotificationChoice {
  accountId: number
  /** Only these kinds; undefined: all. */
  kinds?: readonly string[]
  withoutKinds?: readonly string[]
  fromId?: number
  /** Leaves out what belongs to these groups. */
  withoutGroups?: readonly string[]
  withFiltered: boolean
}

/** Notifications of one kind about one thing, shown as one. */
export interface NotificationGroup {
  key: string
  /** One of them. */
  row: Notification
  count: number
  newestId: number
  newestAt: number
  /** The oldest of them on the page that is shown. */
  pageMinId: number
  /** Who caused the latest of them, newest first. */
  fromIds: number[]
}

/** Notifications of somebody that wait for a decision; times in milliseconds since 1970. */
export interface NotificationRequest {
  id: number
  fromId: number
  lastPostId: number | null
  count: number
  createdAt: number
  updatedAt: number
}

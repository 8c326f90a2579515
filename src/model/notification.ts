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
  withFiltered: boolean
}

// What people are told about; each protocol has its own words for these.

export type NotificationKind =
  | 'mention'
  | 'post'
  | 'boost'
  | 'follow'
  | 'follow-request'
  | 'like'
  | 'reaction'
  | 'poll'
  | 'edit'
  | 'quote'
  | 'quote-edit'
  | 'event'
  | 'sign-up'
  | 'report'
  | 'moved'

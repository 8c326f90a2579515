// What somebody told the moderators about an account.

export const REPORT_CATEGORIES = ['spam', 'legal', 'violation', 'other'] as const

export type ReportCategory = (typeof REPORT_CATEGORIES)[number]

/** Times in milliseconds since 1970. */
export interface Report {
  id: number
  /** Who reports. */
  accountId: number
  targetId: number
  postIds: number[]
  ruleIds: number[]
  comment: string
  category: ReportCategory
  /** The server of the reported account is told as well. */
  forwarded: boolean
  resolvedAt: number | null
  createdAt: number
}

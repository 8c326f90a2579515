// What moderators see and do: accounts with their people, strikes with their appeals, lost follows.
import type { AccountView } from './account-view.ts'
import type { User } from './user.ts'

/** Where somebody was signed in from; times in milliseconds since 1970. */
export interface KnownAddress {
  accountId: number
  address: string
  usedAt: number
}

export interface ModeratedAccount {
  view: AccountView
  /** For people of this server. */
  user: User | undefined
  /** The latest first. */
  addresses: KnownAddress[]
  invitedBy: number | undefined
}

/** What moderators did to somebody. */
export interface StrikeRow {
  id: number
  account_id: number | null
  target_id: number
  action: string
  text: string
  report_id: number | null
  post_ids: string
  overruled_at: number | null
  created_at: number
}

/** What somebody said against that. */
export interface AppealRow {
  strike_id: number
  account_id: number
  text: string
  state: string
  decided_by_id: number | null
  decided_at: number | null
  created_at: number
}

export interface Strike {
  row: StrikeRow
  appeal: AppealRow | undefined
}

/** Follows that somebody lost because a server or an account was suspended. */
export interface SeveranceRow {
  id: number
  account_id: number
  kind: string
  target_name: string
  cause: number
  followers_count: number
  following_count: number
  created_at: number
}

// Browser sessions of people who are signed in to this server's own pages.

export interface Session {
  id: number
  token_hash: string
  account_id: number
  address: string
  user_agent: string
  created_at: number
  last_used_at: number
  expires_at: number
}

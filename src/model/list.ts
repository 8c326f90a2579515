// Lists of people, each a timeline of its own.

export interface List {
  id: number
  account_id: number
  title: string
  replies_policy: string
  exclusive: number
  created_at: number
}

// The votes of one account in one poll.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export interface Vote {
  id: number
  choice: number
  uri: string | null
  createdAt: number
}

export async function listVotes(db: Kysely<Tables>, postId: number, accountId: number): Promise<Vote[]> {
  const rows = await db
    .selectFrom('poll_votes')
    .select(['id', 'choice', 'uri', 'created_at'])
    .where('post_id', '=', postId)
    .where('account_id', '=', accountId)
    .orderBy('choice')
    .execute()
  return rows.map(({ created_at: createdAt, ...row }) => ({ ...row, createdAt }))
}

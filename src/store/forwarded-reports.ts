// Reads a report that shall be passed on to another server.
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

export interface ForwardedReport {
  id: number
  uri: string | null
  accountId: number
  targetId: number
  postIds: number[]
  comment: string
}

/** The report, when whoever filed it wants it passed on. */
export async function findForwardedReport(
  db: Kysely<Tables>,
  id: number,
): Promise<ForwardedReport | undefined> {
  const row = await db
    .selectFrom('reports')
    .select(['id', 'uri', 'account_id', 'target_id', 'post_ids', 'comment'])
    .where('id', '=', id)
    .where('forwarded', '=', 1)
    .executeTakeFirst()
  if (!row) return undefined
  const { account_id: accountId, target_id: targetId, post_ids: postIds, ...rest } = row
  return { ...rest, accountId, targetId, postIds: JSON.parse(postIds) as number[] }
}

// Takes in a report of another server about our accounts and their posts.
import { findByUris } from '../../store/accounts.ts'
import { findPostsByUris } from '../../store/posts.ts'
import { insertReceivedReport, isReported } from '../../store/received-reports.ts'
import type { Context } from '../context.ts'
import { recordFact } from '../record-fact.ts'

export interface ReceivedReport {
  reporterId: number
  /** Accounts and posts, in any order. */
  uris: readonly string[]
  comment: string
  uri?: string
}

const MAX_POSTS = 50
const MAX_TARGETS = 5

/** Files one report for each account concerned, unless the same reporter's earlier one is still open; says how many. */
export async function receiveReport(ctx: Context, report: ReceivedReport): Promise<number> {
  const uris = report.uris.slice(0, MAX_POSTS * 2)
  return ctx.store.write(async (tx) => {
    const accounts = await findByUris(tx, uris)
    const posts = (await findPostsByUris(tx, uris)).filter((post) => post.local === 1)
    const local = accounts.filter((account) => account.domain === '' && account.deleted_at === null)
    const targets = [...new Set([...local.map(({ id }) => id), ...posts.map((post) => post.account_id)])]
    let filed = 0
    for (const targetId of targets.slice(0, MAX_TARGETS)) {
      const uri = report.uri ?? null
      if (await isReported(tx, { uri, accountId: report.reporterId, targetId })) continue
      const id = ctx.ids.next()
      const now = ctx.clock.now()
      const own = posts.filter((post) => post.account_id === targetId).map((post) => post.id)
      await insertReceivedReport(tx, {
        id,
        uri,
        account_id: report.reporterId,
        target_id: targetId,
        post_ids: JSON.stringify(own.slice(0, MAX_POSTS)),
        comment: report.comment,
        category: 'other',
        created_at: now,
        updated_at: now,
      })
      await recordFact(ctx, tx, { type: 'report-filed', reportId: id })
      filed += 1
    }
    return filed
  })
}

// Reports as moderators work on them: the queue, who took one on, and what became of it.
import type { Kysely, Selectable, Transaction, Updateable } from 'kysely'
import type { IdWindow } from '../../model/page.ts'
import { pageOver } from '../paging.ts'
import type { ReportsTable, Tables } from '../schema.ts'

export type ReportRow = Selectable<ReportsTable>
type Db = Kysely<Tables>

export interface ReportChoice {
  resolved: boolean
  accountId?: number
  targetId?: number
}

export async function pageReports(db: Db, choice: ReportChoice, window: IdWindow): Promise<ReportRow[]> {
  let query = db
    .selectFrom('reports')
    .selectAll()
    .where('resolved_at', choice.resolved ? 'is not' : 'is', null)
  if (choice.accountId !== undefined) query = query.where('account_id', '=', choice.accountId)
  if (choice.targetId !== undefined) query = query.where('target_id', '=', choice.targetId)
  return pageOver(query, 'id', window)
}

export async function findReportRow(db: Db, id: number): Promise<ReportRow | undefined> {
  return db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function updateReport(
  tx: Transaction<Tables>,
  id: number,
  change: Updateable<ReportsTable>,
): Promise<ReportRow | undefined> {
  return tx.updateTable('reports').set(change).where('id', '=', id).returningAll().executeTakeFirst()
}

/** Every open report about an account, at most `limit`. */
export async function listOpenReports(db: Db, targetId: number, limit: number): Promise<ReportRow[]> {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('target_id', '=', targetId)
    .where('resolved_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How many reports are open, counted up to `most`. */
export async function countOpenReports(db: Db, most: number): Promise<number> {
  const rows = await db
    .selectFrom('reports')
    .select('id')
    .where('resolved_at', 'is', null)
    .limit(most)
    .execute()
  return rows.length
}

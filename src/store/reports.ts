// Reports as those who filed them and moderators read them.
import type { Insertable, Kysely } from 'kysely'
import type { Report, ReportCategory } from '../model/report.ts'
import type { ReportsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function insertReport(db: Db, row: Insertable<ReportsTable>): Promise<void> {
  await db.insertInto('reports').values(row).execute()
}

export async function findReports(db: Db, ids: readonly number[]): Promise<Report[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('reports').selectAll().where('id', 'in', ids).execute()
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    targetId: row.target_id,
    postIds: JSON.parse(row.post_ids) as number[],
    ruleIds: JSON.parse(row.rule_ids) as number[],
    comment: row.comment,
    category: row.category as ReportCategory,
    forwarded: row.forwarded === 1,
    resolvedAt: row.resolved_at,
    createdAt: row.created_at,
  }))
}

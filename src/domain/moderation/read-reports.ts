// Reads reports by id, for those who were told of them.
import type { Report } from '../../model/report.ts'
import { findReports } from '../../store/reports.ts'
import type { Context } from '../context.ts'

/** Those that exist, by id. */
export async function readReports(ctx: Context, ids: readonly number[]): Promise<Map<number, Report>> {
  return new Map((await findReports(ctx.store.read, ids)).map((report) => [report.id, report]))
}

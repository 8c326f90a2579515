// Moderators work on reports: read them, take them on, say what they are about, resolve them and open them again.
import type { IdWindow } from '../../model/page.ts'
import { REPORT_CATEGORIES } from '../../model/report.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import { findReportRow, pageReports, updateReport } from '../../store/moderation/report-queue.ts'
import type { ReportChoice, ReportRow } from '../../store/moderation/report-queue.ts'
import type { Context } from '../context.ts'
import { readRules } from '../server/rules.ts'
import { requirePermission } from './actor.ts'
import type { Actor } from './actor.ts'
import { logAction } from './log-action.ts'

export type { ReportRow, ReportChoice }

/** Newest first. */
export async function listReports(
  ctx: Context,
  actor: Actor,
  choice: ReportChoice,
  window: IdWindow,
): Promise<ReportRow[]> {
  requirePermission(actor, 'manage-reports')
  return pageReports(ctx.store.read, choice, window)
}

export async function findReport(ctx: Context, actor: Actor, id: number): Promise<ReportRow> {
  requirePermission(actor, 'manage-reports')
  const row = await findReportRow(ctx.store.read, id)
  if (!row) throw notFound()
  return row
}

export type ReportStep = 'assign_to_self' | 'unassign' | 'resolve' | 'reopen'

/** Twice is once. */
export async function stepReport(
  ctx: Context,
  actor: Actor,
  id: number,
  step: ReportStep,
): Promise<ReportRow> {
  requirePermission(actor, 'manage-reports')
  return ctx.store.write(async (tx) => {
    const now = ctx.clock.now()
    const changes = {
      assign_to_self: { assigned_to_id: actor.accountId },
      unassign: { assigned_to_id: null },
      resolve: { resolved_at: now, resolved_by_id: actor.accountId },
      reopen: { resolved_at: null, resolved_by_id: null },
    }
    const row = await updateReport(tx, id, { ...changes[step], updated_at: now })
    if (!row) throw notFound()
    await logAction(ctx, tx, actor, { action: step, kind: 'report', id })
    return row
  })
}

/** Says what a report is about; rules belong to violations only. */
export async function sortReport(
  ctx: Context,
  actor: Actor,
  id: number,
  wish: { category?: string; ruleIds?: readonly number[] },
): Promise<ReportRow> {
  requirePermission(actor, 'manage-reports')
  const rules = (await readRules(ctx)).filter((rule) => rule.deleted_at === null)
  if (wish.category !== undefined && !REPORT_CATEGORIES.some((one) => one === wish.category))
    throw new Refusal('invalid', `Validation failed: category must be one of ${REPORT_CATEGORIES.join(', ')}`)
  if (wish.ruleIds?.some((ruleId) => !rules.some((rule) => rule.id === ruleId)))
    throw new Refusal('invalid', 'Validation failed: Rule ids does not reference valid rules')
  return ctx.store.write(async (tx) => {
    const before = await findReportRow(tx, id)
    if (!before) throw notFound()
    const category = wish.category ?? before.category
    const ruleIds = wish.ruleIds ?? (JSON.parse(before.rule_ids) as number[])
    const change = {
      category,
      rule_ids: JSON.stringify(category === 'violation' ? ruleIds : []),
      updated_at: ctx.clock.now(),
    }
    const row = await updateReport(tx, id, change)
    await logAction(ctx, tx, actor, { action: 'update', kind: 'report', id, detail: { category } })
    return row ?? before
  })
}

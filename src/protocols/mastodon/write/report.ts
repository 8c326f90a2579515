// A report as the client API shows it to who filed it and to moderators.
import type * as entity from '../../../contract/entities.ts'
import type { Report } from '../../../model/report.ts'
import { dateTime } from './time.ts'

export function writeReport(report: Report, target: entity.Account): entity.Report {
  return {
    id: String(report.id),
    action_taken: report.resolvedAt !== null,
    action_taken_at: report.resolvedAt === null ? null : dateTime(report.resolvedAt),
    category: report.category,
    comment: report.comment,
    forwarded: report.forwarded,
    created_at: dateTime(report.createdAt),
    status_ids: report.postIds.map(String),
    rule_ids: report.ruleIds.map(String),
    collection_ids: [],
    target_account: target,
  }
}

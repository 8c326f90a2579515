// Moderators work on reports.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { readRules } from '../../../../domain/server/rules.ts'
import {
  findReport,
  listReports,
  sortReport,
  stepReport,
} from '../../../../domain/moderation/work-reports.ts'
import type { ReportRow } from '../../../../domain/moderation/work-reports.ts'
import { viewModerated } from '../../../../domain/moderation/view-moderated.ts'
import { viewReportedPosts } from '../../../../domain/moderation/reported-posts.ts'
import type { Api } from '../../api.ts'
import { writeStatuses } from '../../show.ts'
import { writeAdminAccount } from '../../write/admin/admin-account.ts'
import { writeRule } from '../../write/rule.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId, adminWindow, linkRows } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'manage-reports', scope: 'reports' } as const

/** Loads what the reports speak of at once, however many they are. */
async function show(api: Api, rows: readonly ReportRow[]): Promise<entity.AdminReport[]> {
  const accountIds = rows.flatMap((row) => [
    row.account_id,
    row.target_id,
    ...(row.assigned_to_id === null ? [] : [row.assigned_to_id]),
    ...(row.resolved_by_id === null ? [] : [row.resolved_by_id]),
  ])
  const postIds = rows.map((row) => JSON.parse(row.post_ids) as number[])
  const [accounts, views, rules] = await Promise.all([
    viewModerated(api, accountIds),
    viewReportedPosts(api, postIds.flat()),
    readRules(api),
  ])
  const posts = new Map((await writeStatuses(api, undefined, views)).map((post) => [Number(post.id), post]))
  const account = (id: number | null): entity.AdminAccount | null => {
    const found = id === null ? undefined : accounts.get(id)
    return found ? writeAdminAccount(api.urls, found) : null
  }
  return rows.flatMap((row, index) => {
    const [by, about] = [account(row.account_id), account(row.target_id)]
    if (!by || !about) return []
    const ruleIds = JSON.parse(row.rule_ids) as number[]
    return {
      id: String(row.id),
      action_taken: row.resolved_at !== null,
      action_taken_at: row.resolved_at === null ? null : dateTime(row.resolved_at),
      category: row.category as entity.AdminReport['category'],
      comment: row.comment,
      forwarded: row.forwarded === 1,
      created_at: dateTime(row.created_at),
      updated_at: dateTime(row.updated_at),
      account: by,
      target_account: about,
      assigned_account: account(row.assigned_to_id),
      action_taken_by_account: account(row.resolved_by_id),
      statuses: (postIds[index] ?? []).flatMap((id) => posts.get(id) ?? []),
      rules: rules.filter((rule) => ruleIds.includes(rule.id)).map(writeRule),
    }
  })
}

async function list(request: AdminRequest): Promise<entity.AdminReport[]> {
  const { api, actor, params } = request
  const accountId = params.id('account_id')
  const targetId = params.id('target_account_id')
  const window = adminWindow(request)
  const choice = {
    resolved: params.flag('resolved') === true,
    ...(accountId === undefined ? {} : { accountId }),
    ...(targetId === undefined ? {} : { targetId }),
  }
  const rows = await listReports(api, actor, choice, window)
  linkRows(request, rows, (row) => row.id, window)
  return show(api, rows)
}

async function showOne({ api }: AdminRequest, row: ReportRow): Promise<unknown> {
  return (await show(api, [row]))[0]
}

export function addAdminReportRoutes(server: Hono, api: Api): void {
  const path = '/api/v1/admin/reports'
  adminEndpoint(server, api, `GET ${path}`, RULE, list)
  adminEndpoint(server, api, `GET ${path}/:id`, RULE, async (request) =>
    showOne(request, await findReport(api, request.actor, adminId(request))),
  )
  for (const method of ['PUT', 'PATCH'] as const)
    adminEndpoint(server, api, `${method} ${path}/:id`, RULE, async (request) => {
      const category = request.params.text('category', 40)
      const ruleIds = request.params.ids('rule_ids', 100)
      const wish = {
        ...(category === undefined ? {} : { category }),
        ...(ruleIds === undefined ? {} : { ruleIds }),
      }
      return showOne(request, await sortReport(api, request.actor, adminId(request), wish))
    })
  for (const step of ['assign_to_self', 'unassign', 'resolve', 'reopen'] as const)
    adminEndpoint(server, api, `POST ${path}/:id/${step}`, RULE, async (request) =>
      showOne(request, await stepReport(api, request.actor, adminId(request), step)),
    )
}

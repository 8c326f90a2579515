// Telling the moderators about an account.
import type { Hono } from 'hono'
import { fileReport } from '../../../domain/moderation/file-report.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import { showAccount } from '../show.ts'
import { writeReport } from '../write/report.ts'

async function file(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const targetId = params.id('account_id')
  if (targetId === undefined) throw new MissingParam('account_id')
  const category = params.text('category', 50)
  const forwardTo = params.texts('forward_to_domains', 20, 255)
  const report = await fileReport(api, userOf(request), {
    targetId,
    postIds: params.ids('status_ids', 500) ?? [],
    ruleIds: params.ids('rule_ids', 100) ?? [],
    comment: params.text('comment') ?? '',
    category: category === undefined || category === '' ? 'other' : category,
    forward: params.flag('forward') === true,
    ...(forwardTo === undefined ? {} : { forwardTo: forwardTo.map((domain) => domain.toLowerCase()) }),
  })
  return writeReport(report, await showAccount(api, targetId))
}

export function addReportRoutes(server: Hono, api: Api): void {
  const rule = { auth: 'user', scopes: ['write', 'write:reports'], family: 'reports' } as const
  endpoint(server, api, 'POST /api/v1/reports', rule, file)
}

// Notifications, one by one (the first version of the API).
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { countUnread } from '../../../domain/notifications/count-unread.ts'
import {
  clearNotifications,
  dismissNotification,
} from '../../../domain/notifications/dismiss-notifications.ts'
import { readNotification, readNotifications } from '../../../domain/notifications/read-notifications.ts'
import { loadStrikes } from '../../../domain/moderation/appeal-strike.ts'
import { readReports } from '../../../domain/moderation/read-reports.ts'
import { loadSeverances } from '../../../domain/moderation/read-severances.ts'
import type { Notification, NotificationChoice } from '../../../model/notification.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showStatuses } from '../show.ts'
import { kindsOf, typeOf, writeNotification } from '../write/notification.ts'
import type { NotificationParts } from '../write/notification.ts'
import { writeFallback } from '../write/notification-fallback.ts'
import { writeReport } from '../write/report.ts'
import { writeSeverance, writeWarning } from '../write/strike.ts'
import { pathId } from './accounts.ts'

/** What notifications speak of, by id. */
export interface Spoken {
  accounts: Map<number, entity.Account>
  statuses: Map<number, entity.Status>
  reports: Map<number, entity.Report>
  warnings: Map<number, entity.AccountWarning>
  severances: Map<number, entity.RelationshipSeveranceEvent>
}

const subjectsOf = (rows: readonly Notification[], kind: string): number[] =>
  rows.flatMap((row) => (row.kind === kind ? row.subject_id : []))

/** Loads what the rows speak of; accounts and posts that are gone or hidden are left out. */
export async function loadSpoken(
  api: Api,
  viewerId: number,
  rows: readonly Notification[],
  fromIds: readonly number[],
): Promise<Spoken> {
  const reports = await readReports(api, subjectsOf(rows, 'report'))
  const strikes = await loadStrikes(api, subjectsOf(rows, 'strike'))
  const severances = await loadSeverances(api, subjectsOf(rows, 'severance'))
  const targetIds = [
    ...[...reports.values()].map((report) => report.targetId),
    ...[...strikes.values()].map((strike) => strike.row.target_id),
  ]
  const accounts = byId(await showAccounts(api, [...new Set([...fromIds, ...targetIds])]))
  const postIds = [...new Set(rows.flatMap((row) => row.post_id ?? []))]
  const written = [...reports.values()].flatMap((report) => {
    const target = accounts.get(report.targetId)
    return target ? writeReport(report, target) : []
  })
  const warnings = [...strikes.values()].flatMap((strike) => {
    const target = accounts.get(strike.row.target_id)
    return target ? writeWarning(strike, target) : []
  })
  return {
    accounts,
    statuses: byId(await showStatuses(api, viewerId, postIds)),
    reports: byId(written),
    warnings: byId(warnings),
    severances: byId([...severances.values()].map(writeSeverance)),
  }
}

function byId<T extends { id: string }>(list: readonly T[]): Map<number, T> {
  return new Map(list.map((one) => [Number(one.id), one]))
}

/** Kinds that speak of something else than a post. */
const ABOUT = new Set(['report', 'strike', 'severance'])

/** The report, measure or loss that a row speaks of. */
export function aboutOf(row: Notification, spoken: Spoken): Omit<NotificationParts, 'account' | 'status'> {
  const of = (kind: string, name: string, map: ReadonlyMap<number, unknown>): object => {
    const found = row.kind === kind ? map.get(row.subject_id) : undefined
    return found === undefined ? {} : { [name]: found }
  }
  return {
    ...of('report', 'report', spoken.reports),
    ...of('strike', 'moderation_warning', spoken.warnings),
    ...of('severance', 'event', spoken.severances),
  }
}

/** Whether everything that the row speaks of is there to be shown. */
export function isShown(row: Notification, spoken: Spoken): boolean {
  if (typeOf(row.kind) === undefined) return false
  if (ABOUT.has(row.kind) && Object.keys(aboutOf(row, spoken)).length === 0) return false
  return row.post_id === null || spoken.statuses.has(row.post_id)
}

/** Writes rows with their accounts and posts; rows whose account or post is gone or hidden are left out. */
export async function showNotifications(
  api: Api,
  viewerId: number,
  rows: readonly Notification[],
  supported?: readonly string[],
): Promise<entity.Notification[]> {
  const spoken = await loadSpoken(
    api,
    viewerId,
    rows,
    rows.map((row) => row.from_id),
  )
  return rows.flatMap((row) => {
    const account = spoken.accounts.get(row.from_id)
    if (!account || !isShown(row, spoken)) return []
    const status = row.post_id === null ? undefined : spoken.statuses.get(row.post_id)
    const written = writeNotification(row, { account, status, ...aboutOf(row, spoken) })
    return { ...written, ...writeFallback(supported, { type: written.type, account, status }) }
  })
}

/** The types that the app can show by itself; undefined when it does not say. */
export function supportedTypes({ params }: ApiRequest): string[] | undefined {
  return params.texts('supported_types', 50, 50)
}

export function readChoice(request: ApiRequest): NotificationChoice {
  const { params } = request
  const types = params.texts('types', 50, 50)
  const excluded = params.texts('exclude_types', 50, 50)
  const fromId = params.id('account_id')
  return {
    accountId: userOf(request),
    withFiltered: params.flag('include_filtered') === true || fromId !== undefined,
    ...(types === undefined || types.length === 0 ? {} : { kinds: kindsOf(types) }),
    ...(excluded === undefined ? {} : { withoutKinds: kindsOf(excluded) }),
    ...(fromId === undefined ? {} : { fromId }),
  }
}

async function list(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const page = readPage(request.params, 40, 80)
  const rows = await readNotifications(api, readChoice(request), page)
  const first = rows[0]
  const last = rows.at(-1)
  if (first && last)
    request.link({ first: first.id, last: last.id, ...(rows.length < page.limit ? {} : { more: true }) })
  return showNotifications(api, userOf(request), rows, supportedTypes(request))
}

async function one(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const row = await readNotification(api, userOf(request), pathId(request))
  const [shown] = row ? await showNotifications(api, userOf(request), [row], supportedTypes(request)) : []
  if (!shown) throw notFound()
  return shown
}

/** How many are newer than the reading mark, counted up to a limit. */
async function unreadCount(request: ApiRequest): Promise<{ count: number }> {
  const limit = Math.min(Math.abs(request.params.integer('limit') ?? 100), 1000)
  return { count: await countUnread(request.api, readChoice(request), limit) }
}

export function addNotificationRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:notifications'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:notifications'] } as const
  endpoint(server, api, 'GET /api/v1/notifications', read, list)
  endpoint(server, api, 'GET /api/v1/notifications/unread_count', read, unreadCount)
  endpoint(server, api, 'POST /api/v1/notifications/clear', write, async (request) => {
    await clearNotifications(api, userOf(request))
    return {}
  })
  endpoint(server, api, 'POST /api/v1/notifications/:id/dismiss', write, async (request) => {
    await dismissNotification(api, userOf(request), pathId(request))
    return {}
  })
  endpoint(server, api, 'GET /api/v1/notifications/:id', read, one)
}

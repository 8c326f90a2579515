// Notifications, one by one (the first version of the API).
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { countUnread } from '../../../domain/notifications/count-unread.ts'
import {
  clearNotifications,
  dismissNotification,
} from '../../../domain/notifications/dismiss-notifications.ts'
import { readNotification, readNotifications } from '../../../domain/notifications/read-notifications.ts'
import type { Notification, NotificationChoice } from '../../../model/notification.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showStatuses } from '../show.ts'
import { kindsOf, typeOf, writeNotification } from '../write/notification.ts'
import { pathId } from './accounts.ts'

/** Writes rows with their accounts and posts; rows whose account or post is gone or hidden are left out. */
export async function showNotifications(
  api: Api,
  viewerId: number,
  rows: readonly Notification[],
): Promise<entity.Notification[]> {
  const accounts = new Map(
    (await showAccounts(api, [...new Set(rows.map((row) => row.from_id))])).map((account) => [
      Number(account.id),
      account,
    ]),
  )
  const postIds = [...new Set(rows.flatMap((row) => row.post_id ?? []))]
  const statuses = new Map(
    (await showStatuses(api, viewerId, postIds)).map((status) => [Number(status.id), status]),
  )
  return rows.flatMap((row) => {
    const account = accounts.get(row.from_id)
    const status = row.post_id === null ? undefined : statuses.get(row.post_id)
    if (!account || (row.post_id !== null && !status) || typeOf(row.kind) === undefined) return []
    return writeNotification(row, { account, status })
  })
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
  if (first && last) request.link({ first: first.id, last: last.id })
  return showNotifications(api, userOf(request), rows)
}

async function one(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const row = await readNotification(api, userOf(request), pathId(request))
  const [shown] = row ? await showNotifications(api, userOf(request), [row]) : []
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

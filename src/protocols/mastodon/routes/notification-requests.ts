// Strangers whose notifications were put aside, for their reader to decide about.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import {
  acceptRequests,
  dismissRequests,
  listRequests,
  readRequest,
} from '../../../domain/notifications/decide-requests.ts'
import { edgesOf } from '../../../model/page.ts'
import type { NotificationRequest } from '../../../model/notification.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { showAccounts, showStatuses } from '../show.ts'
import { dateTime } from '../write/time.ts'
import { pathId } from './accounts.ts'

async function show(
  request: ApiRequest,
  rows: readonly NotificationRequest[],
): Promise<entity.NotificationRequest[]> {
  const { api } = request
  const accounts = await showAccounts(
    api,
    rows.map((row) => row.fromId),
  )
  const postIds = rows.flatMap((row) => row.lastPostId ?? [])
  const statuses = await showStatuses(api, userOf(request), postIds)
  return rows.flatMap((row) => {
    const account = accounts.find((one) => one.id === String(row.fromId))
    if (!account) return []
    return {
      id: String(row.id),
      created_at: dateTime(row.createdAt),
      updated_at: dateTime(row.updatedAt),
      notifications_count: String(row.count),
      account,
      last_status: statuses.find((status) => status.id === String(row.lastPostId)) ?? null,
    }
  })
}

async function list(request: ApiRequest): Promise<unknown> {
  const page = readPage(request.params, 40, 80)
  const rows = await listRequests(request.api, userOf(request), page)
  const edges = edgesOf(rows, (row) => row.id, page.limit)
  if (edges) request.link(edges)
  return show(request, rows)
}

async function one(request: ApiRequest): Promise<unknown> {
  const [shown] = await show(request, [await readRequest(request.api, userOf(request), pathId(request))])
  if (!shown) throw notFound()
  return shown
}

export function addNotificationRequestRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:notifications'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:notifications'] } as const
  const requests = '/api/v1/notifications/requests'
  endpoint(server, api, `GET ${requests}`, read, list)
  // What is accepted is shown within the same transaction, so there is never anything to wait for.
  endpoint(server, api, `GET ${requests}/merged`, read, async () => ({ merged: true }))
  for (const [word, decide] of [
    ['accept', acceptRequests],
    ['dismiss', dismissRequests],
  ] as const) {
    endpoint(server, api, `POST ${requests}/${word}`, write, async (request) => {
      await decide(api, userOf(request), request.params.ids('id', 80) ?? [])
      return {}
    })
    endpoint(server, api, `POST ${requests}/:id/${word}`, write, async (request) => {
      await decide(api, userOf(request), [pathId(request)])
      return {}
    })
  }
  endpoint(server, api, `GET ${requests}/:id`, read, one)
}

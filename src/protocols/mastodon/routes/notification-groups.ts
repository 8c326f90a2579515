// Notifications, those of one kind about one thing taken together (the second version of the API).
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { clearNotifications } from '../../../domain/notifications/dismiss-notifications.ts'
import {
  GROUPABLE,
  countUnreadOfGroups,
  dismissGroup,
  listGroupAccounts,
  readGroup,
  readGroups,
} from '../../../domain/notifications/read-groups.ts'
import type { GroupAsking } from '../../../domain/notifications/read-groups.ts'
import type { NotificationGroup } from '../../../model/notification.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { BadParam } from '../http/params.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { readPage } from '../http/page.ts'
import { kindsOf } from '../write/notification.ts'
import { writeFallback } from '../write/notification-fallback.ts'
import { writeGroup, writePartialAccount } from '../write/notification-group.ts'
import { answerEdges } from './accounts.ts'
import { aboutOf, isShown, loadSpoken, readChoice, supportedTypes } from './notifications.ts'

function readAsking(request: ApiRequest): GroupAsking {
  const types = request.params.texts('grouped_types', 50, 50)
  const kinds: readonly string[] = GROUPABLE
  return {
    choice: readChoice(request),
    groupedKinds: types === undefined ? kinds : kindsOf(types).filter((kind) => kinds.includes(kind)),
  }
}

/** Accounts and posts that several groups speak of are written once. */
async function show(
  request: ApiRequest,
  groups: readonly NotificationGroup[],
  isPage: boolean,
): Promise<entity.GroupedNotificationsResults> {
  const expand = request.params.text('expand_accounts', 50) ?? 'full'
  if (expand !== 'full' && expand !== 'partial_avatars')
    throw new BadParam('Invalid value for expand_accounts')
  const spoken = await loadSpoken(
    request.api,
    userOf(request),
    groups.map((group) => group.row),
    groups.flatMap((group) => group.fromIds),
  )
  const shown = groups.flatMap((group) => {
    const fromIds = group.fromIds.filter((id) => spoken.accounts.has(id))
    return fromIds.length > 0 && isShown(group.row, spoken) ? { ...group, fromIds } : []
  })
  const whole = new Set(
    shown.flatMap((group) => (expand === 'full' ? group.fromIds : group.fromIds.slice(0, 1))),
  )
  const partial = new Set(shown.flatMap((group) => group.fromIds).filter((id) => !whole.has(id)))
  const accountsOf = (ids: Iterable<number>) => [...ids].flatMap((id) => spoken.accounts.get(id) ?? [])
  const postIds = new Set(shown.flatMap((group) => group.row.post_id ?? []))
  return {
    accounts: accountsOf(whole),
    ...(expand === 'full' ? {} : { partial_accounts: accountsOf(partial).map(writePartialAccount) }),
    statuses: [...postIds].flatMap((id) => spoken.statuses.get(id) ?? []),
    notification_groups: shown.map((group) => {
      const written = writeGroup(group, { isPage, about: aboutOf(group.row, spoken) })
      const account = spoken.accounts.get(group.fromIds[0] ?? 0)
      const status = spoken.statuses.get(group.row.post_id ?? 0)
      return {
        ...written,
        ...writeFallback(supportedTypes(request), {
          type: written.type as entity.Notification['type'],
          account,
          status,
        }),
      }
    }),
  }
}

async function list(request: ApiRequest): Promise<unknown> {
  const groups = await readGroups(request.api, readAsking(request), readPage(request.params, 40, 80))
  const first = groups[0]
  const last = groups.at(-1)
  if (first && last) request.link({ first: first.newestId, last: last.newestId })
  return show(request, groups, true)
}

async function accounts(request: ApiRequest): Promise<unknown> {
  const page = readPage(request.params, 40, 80)
  const owned = { accountId: userOf(request), key: request.path('group_key') }
  const edges = await listGroupAccounts(request.api, owned, page)
  if (edges.length === 0 && page.maxId === undefined && page.sinceId === undefined) throw notFound()
  return answerEdges(request, edges, page.limit, true)
}

async function unreadCount(request: ApiRequest): Promise<{ count: number }> {
  const limit = Math.min(Math.abs(request.params.integer('limit') ?? 100), 1000)
  return { count: await countUnreadOfGroups(request.api, readAsking(request), limit) }
}

export function addNotificationGroupRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:notifications'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:notifications'] } as const
  endpoint(server, api, 'GET /api/v2/notifications', read, list)
  endpoint(server, api, 'GET /api/v2/notifications/unread_count', read, unreadCount)
  endpoint(server, api, 'POST /api/v2/notifications/clear', write, async (request) => {
    await clearNotifications(api, userOf(request))
    return {}
  })
  endpoint(server, api, 'GET /api/v2/notifications/:group_key', read, async (request) => {
    const group = await readGroup(api, userOf(request), request.path('group_key'))
    const shown = await show(request, [group], false)
    if (shown.notification_groups.length === 0) throw notFound()
    return shown
  })
  endpoint(server, api, 'POST /api/v2/notifications/:group_key/dismiss', write, async (request) => {
    await dismissGroup(api, userOf(request), request.path('group_key'))
    return {}
  })
  endpoint(server, api, 'GET /api/v2/notifications/:group_key/accounts', read, accounts)
}

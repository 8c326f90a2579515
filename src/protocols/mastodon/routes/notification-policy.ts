// What is done with notifications of strangers: three choices each, or (in the first version) two.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { changePolicy, viewPolicy } from '../../../domain/notifications/decide-policy.ts'
import type { PolicyView } from '../../../domain/notifications/decide-policy.ts'
import type { Decision, NotificationPolicy } from '../../../domain/notifications/notification-policy.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'

const WORDS = {
  not_following: 'notFollowing',
  not_followers: 'notFollowers',
  new_accounts: 'newAccounts',
  private_mentions: 'privateMentions',
  limited_accounts: 'limitedAccounts',
  bots: 'bots',
} as const satisfies Record<string, keyof NotificationPolicy>

const DECISIONS: readonly string[] = ['accept', 'filter', 'drop']

function summaryOf({ pending }: PolicyView): entity.NotificationPolicy['summary'] {
  return {
    pending_requests_count: pending.requests,
    pending_notifications_count: pending.notifications,
  }
}

async function show(request: ApiRequest): Promise<entity.NotificationPolicy> {
  const view = await viewPolicy(request.api, userOf(request))
  const { policy } = view
  return {
    for_not_following: policy.notFollowing,
    for_not_followers: policy.notFollowers,
    for_new_accounts: policy.newAccounts,
    for_private_mentions: policy.privateMentions,
    for_limited_accounts: policy.limitedAccounts,
    for_bots: policy.bots,
    summary: summaryOf(view),
  }
}

async function showOld(request: ApiRequest): Promise<entity.V1NotificationPolicy> {
  const view = await viewPolicy(request.api, userOf(request))
  const { policy } = view
  return {
    filter_not_following: policy.notFollowing !== 'accept',
    filter_not_followers: policy.notFollowers !== 'accept',
    filter_new_accounts: policy.newAccounts !== 'accept',
    filter_private_mentions: policy.privateMentions !== 'accept',
    filter_bots: policy.bots !== 'accept',
    summary: summaryOf(view),
  }
}

async function change(request: ApiRequest): Promise<unknown> {
  const wish: Partial<NotificationPolicy> = {}
  for (const [word, key] of Object.entries(WORDS)) {
    const decision = request.params.text(`for_${word}`, 20)
    if (decision === undefined || decision === '') continue
    if (!DECISIONS.includes(decision))
      throw new Refusal('invalid', `Validation failed: for_${word} must be accept, filter or drop`)
    wish[key] = decision as Decision
  }
  await changePolicy(request.api, userOf(request), wish)
  return show(request)
}

async function changeOld(request: ApiRequest): Promise<unknown> {
  const wish: Partial<NotificationPolicy> = {}
  for (const [word, key] of Object.entries(WORDS)) {
    const isFiltered = request.params.flag(`filter_${word}`)
    if (isFiltered !== undefined) wish[key] = isFiltered ? 'filter' : 'accept'
  }
  await changePolicy(request.api, userOf(request), wish)
  return showOld(request)
}

export function addNotificationPolicyRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:notifications'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:notifications'] } as const
  endpoint(server, api, 'GET /api/v2/notifications/policy', read, show)
  endpoint(server, api, 'PATCH /api/v2/notifications/policy', write, change)
  endpoint(server, api, 'PUT /api/v2/notifications/policy', write, change)
  endpoint(server, api, 'GET /api/v1/notifications/policy', read, showOld)
  endpoint(server, api, 'PATCH /api/v1/notifications/policy', write, changeOld)
  endpoint(server, api, 'PUT /api/v1/notifications/policy', write, changeOld)
}

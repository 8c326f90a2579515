// Web push: where an app wants to hear of notifications, and of which.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { changePush, readSubscription, subscribe, unsubscribe } from '../../../domain/push/subscribe.ts'
import { vapidPublicKey } from '../../../domain/push/vapid.ts'
import { PUSH_POLICIES } from '../../../model/push-subscription.ts'
import type { PushChoice, PushSubscription } from '../../../model/push-subscription.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { bearerOf } from '../http/caller.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import type { Params } from '../http/params.ts'
import { ALL_TYPES } from '../write/notification.ts'

async function show(api: Api, subscription: PushSubscription): Promise<entity.WebPushSubscription> {
  return {
    id: subscription.id,
    endpoint: subscription.endpoint,
    standard: subscription.standard,
    alerts: subscription.alerts,
    server_key: await vapidPublicKey(api),
    policy: subscription.policy,
  }
}

function readChoice(params: Params): PushChoice {
  const data = params.child('data')
  const asked = data?.text('policy', 20)
  const policy = PUSH_POLICIES.find((one) => one === (asked === undefined || asked === '' ? 'all' : asked))
  if (!policy)
    throw new Refusal('invalid', `Validation failed: policy must be one of ${PUSH_POLICIES.join(', ')}`)
  const wished = data?.child('alerts')
  const alerts = ALL_TYPES.flatMap((type) => {
    const flag = wished?.flag(type)
    return flag === undefined ? [] : [[type, flag] as const]
  })
  return { policy, alerts: Object.fromEntries(alerts) }
}

function tokenOf(request: ApiRequest): number {
  userOf(request)
  if (!request.caller) throw new Refusal('unauthorized', 'The access token is invalid')
  return request.caller.tokenId
}

/** The token that this very request carries: only now is it known. That of the web client, which no script may read, stays out. */
async function sealedToken(request: ApiRequest): Promise<string | null> {
  const { api, raw, caller } = request
  const token = request.header('x-folkmoot-client') === undefined ? bearerOf(raw) : undefined
  return token === undefined || !caller ? null : api.tokenSeal.seal(token, String(caller.tokenId))
}

async function create(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const place = params.child('subscription')
  const keys = place?.child('keys')
  if (!place || !keys) throw new MissingParam('subscription')
  const subscription = await subscribe(api, {
    tokenId: tokenOf(request),
    accountId: userOf(request),
    endpoint: place.required('endpoint', 5000),
    p256dh: keys.required('p256dh', 500),
    auth: keys.required('auth', 500),
    standard: place.flag('standard') === true,
    sealedToken: await sealedToken(request),
    ...readChoice(params),
  })
  return show(api, subscription)
}

export function addPushRoutes(server: Hono, api: Api): void {
  const rule = { auth: 'user', scopes: ['push'] } as const
  const path = '/api/v1/push/subscription'
  const change = async (request: ApiRequest): Promise<unknown> => {
    const choice = { ...readChoice(request.params), sealedToken: await sealedToken(request) }
    return show(api, await changePush(api, tokenOf(request), choice))
  }
  endpoint(server, api, `GET ${path}`, rule, async (request) =>
    show(api, await readSubscription(api, tokenOf(request))),
  )
  endpoint(server, api, `POST ${path}`, rule, create)
  endpoint(server, api, `PUT ${path}`, rule, change)
  endpoint(server, api, `PATCH ${path}`, rule, change)
  endpoint(server, api, `DELETE ${path}`, rule, async (request) => {
    await unsubscribe(api, tokenOf(request))
    return {}
  })
}

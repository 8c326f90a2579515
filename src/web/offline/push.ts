// Hearing of notifications while no page is open (web push): asked for only when somebody wants it.
import type { WebPushSubscription } from '../../contract/entities.ts'
import { ApiError, call, get, post } from '../api/http.ts'
import { instance, me } from '../api/session.ts'
import { worker } from './register.ts'

export type PushAlerts = Record<string, boolean>
export type PushPolicy = WebPushSubscription['policy']

/** What one can be told of; the rest follows these. */
export const ALERTS = [
  'mention',
  'status',
  'quote',
  'reblog',
  'favourite',
  'follow',
  'follow_request',
  'poll',
  'update',
  'severed_relationships',
  'moderation_warning',
  'admin.sign_up',
  'admin.report',
] as const

export const DEFAULT_ALERTS: PushAlerts = {
  mention: true,
  status: true,
  quote: true,
  reblog: false,
  favourite: false,
  follow: true,
  follow_request: true,
  poll: true,
  update: false,
  severed_relationships: true,
  moderation_warning: true,
  'admin.sign_up': true,
  'admin.report': true,
}

export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

/** Whether this account wanted it in this browser: its session may have been renewed since. */
const wishKey = (): string => `folkmoot-push ${me.peek().id}`

function wish(): string | null {
  try {
    return localStorage.getItem(wishKey())
  } catch {
    return null
  }
}

function remember(alerts: PushAlerts | undefined): void {
  try {
    if (alerts) localStorage.setItem(wishKey(), JSON.stringify(alerts))
    else localStorage.removeItem(wishKey())
  } catch {
    // Then it has to be asked for again after the next sign-in.
  }
}

/** What this browser is told of, for this account; undefined when of nothing. */
export async function readPush(): Promise<WebPushSubscription | undefined> {
  if (wish() === null) return undefined
  try {
    return await get<WebPushSubscription>('/api/v1/push/subscription')
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

function keyBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0))
}

/** Where the browser's push service takes messages for this browser. */
async function subscribe(): Promise<PushSubscriptionJSON> {
  const registration = worker.peek() ?? (await navigator.serviceWorker.ready)
  const known = await registration.pushManager.getSubscription()
  const subscription =
    known ??
    (await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: keyBytes(instance.configuration.vapid.public_key),
    }))
  return subscription.toJSON()
}

async function send(alerts: PushAlerts, policy: PushPolicy): Promise<WebPushSubscription> {
  const { endpoint, keys } = await subscribe()
  const answer = await post<WebPushSubscription>('/api/v1/push/subscription', {
    subscription: { endpoint, keys, standard: true },
    data: { alerts, policy },
  })
  remember(answer.alerts)
  return answer
}

/** Asks the person for permission first; undefined when it was not given. */
export async function startPush(): Promise<WebPushSubscription | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  return send(DEFAULT_ALERTS, 'all')
}

export async function changePush(alerts: PushAlerts, policy: PushPolicy): Promise<WebPushSubscription> {
  const answer = await call<WebPushSubscription>('PUT', '/api/v1/push/subscription', {
    body: { data: { alerts, policy } },
  })
  remember(answer.alerts)
  return answer
}

/** A new session is another one to the server: what was wished for is asked for again. */
export async function renewPush(): Promise<void> {
  if (!canPush() || Notification.permission !== 'granted') return
  const wished = wish()
  if (wished === null || (await readPush())) return
  await send(JSON.parse(wished) as PushAlerts, 'all')
}

/** This account is told of nothing more in this browser. */
export async function endPush(): Promise<void> {
  remember(undefined)
  if (canPush()) await call('DELETE', '/api/v1/push/subscription')
}

/** Nobody is signed in here any more. */
export async function leavePushService(): Promise<void> {
  if (!canPush()) return
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

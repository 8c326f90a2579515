// Shows what is pushed, and does what people choose there: open it, or answer it at once.
import { pushWords } from '../i18n/push-words.ts'
import { clientLanguage } from './kept.ts'
import { scope } from './scope.ts'
import type { PushedEvent, TouchedEvent } from './scope.ts'

interface Pushed {
  account_id?: string
  preferred_locale: string
  notification_id: number
  notification_type: string
  icon: string
  title: string
  body: string
}

interface Told {
  account: { id: string; display_name: string; username: string; acct: string }
  status?: { id: string; account: { acct: string } } | null
}

/** What a shown notification carries: where it leads and what its buttons are about. */
interface Carried {
  account: string
  path: string
  status: string | undefined
  from: string | undefined
}

/** Longer than this nobody is kept waiting for details. */
const DETAILS_MS = 5000
const OWN = 'x-folkmoot-client'

/** Calls the API for one of the accounts of this browser; the cookie goes along. */
async function call<T>(account: string, method: string, path: string): Promise<T | undefined> {
  const answer = await fetch(path, { method, headers: { [OWN]: account }, credentials: 'same-origin' })
  return answer.ok ? ((await answer.json()) as T) : undefined
}

async function detailsOf({ account_id, notification_id }: Pushed): Promise<Told | undefined> {
  if (account_id === undefined) return undefined
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), DETAILS_MS)
  })
  const asked = call<Told>(account_id, 'GET', `/api/v1/notifications/${notification_id}`)
  return Promise.race([asked.catch(() => undefined), late])
}

function pathOf(type: string, told: Told | undefined): string {
  if (told?.status) return `/@${told.status.account.acct}/${told.status.id}`
  if (type === 'follow_request') return '/follow-requests'
  if (type === 'follow' && told) return `/@${told.account.acct}`
  return '/notifications'
}

function actionsOf(type: string): ('like' | 'boost' | 'accept' | 'reject')[] {
  if (type === 'mention' || type === 'status' || type === 'quote') return ['like', 'boost']
  return type === 'follow_request' ? ['accept', 'reject'] : []
}

async function show(pushed: Pushed): Promise<void> {
  const told = await detailsOf(pushed)
  const language = (await clientLanguage()) ?? pushed.preferred_locale
  const words = pushWords(language)
  const type = pushed.notification_type
  const name = told?.account.display_name || told?.account.username || ''
  const title = name === '' ? pushed.title : (words.titles[type]?.(name) ?? pushed.title)
  const carried: Carried = {
    account: pushed.account_id ?? '',
    path: pathOf(type, told),
    status: told?.status?.id,
    from: told?.account.id,
  }
  const actions = told ? actionsOf(type) : []
  // Not every browser's types know that notifications have buttons.
  const options: NotificationOptions & { actions: { action: string; title: string }[] } = {
    body: pushed.body,
    icon: pushed.icon,
    badge: '/assets/icon-192.png',
    tag: `${carried.account} ${pushed.notification_id}`,
    lang: language,
    dir: 'auto',
    data: carried,
    actions: actions.map((action) => ({ action, title: words.actions[action] })),
  }
  await scope.registration.showNotification(title, options)
}

const DEEDS: Record<string, (carried: Carried) => string> = {
  like: ({ status }) => `/api/v1/statuses/${status}/favourite`,
  boost: ({ status }) => `/api/v1/statuses/${status}/reblog`,
  accept: ({ from }) => `/api/v1/follow_requests/${from}/authorize`,
  reject: ({ from }) => `/api/v1/follow_requests/${from}/reject`,
}

/** Leads an open page there, or opens one, as the account that was told. */
async function open({ account, path }: Carried): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window' })
  const [page] = pages
  if (page) {
    page.postMessage({ kind: 'open', account, path }, {})
    await page.focus()
    return
  }
  if (account !== '') await call(account, 'POST', '/auth/change').catch(() => undefined)
  await scope.clients.openWindow(path)
}

async function touched(event: TouchedEvent): Promise<void> {
  const carried = event.notification.data as Carried
  event.notification.close()
  const deed = DEEDS[event.action]
  if (!deed) return open(carried)
  const done = await call(carried.account, 'POST', deed(carried)).catch(() => undefined)
  // What could not be done here is shown, so that it can be done there.
  if (done === undefined) await open(carried)
}

export function startPush(): void {
  scope.addEventListener('push', (event: PushedEvent) => {
    const pushed = event.data?.json() as Pushed | undefined
    if (pushed) event.waitUntil(show(pushed))
  })
  scope.addEventListener('notificationclick', (event) => event.waitUntil(touched(event)))
}

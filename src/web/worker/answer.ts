// Answers the requests of our pages: from the network as long as there is one, else from what was kept.
import { isOurs } from '../app/own-paths.ts'
import { answerCode } from './code.ts'
import {
  currentGeneration,
  findAnswer,
  findPicture,
  findShell,
  forgetAccount,
  keepAnswer,
  keepOnly,
  keepPicture,
  keepShell,
} from './kept.ts'
import { offlinePage } from './offline-page.ts'
import type { AskedEvent } from './scope.ts'
import { takeShared } from './share.ts'

/** A page that takes longer than this is shown as it was kept. */
const SLOW_MS = 6000
/** What people read; searches, streams and administration are not kept. */
const READ =
  /^\/api\/v[12]\/(timelines|statuses|accounts|notifications|markers|conversations|bookmarks|favourites|lists|tags|announcements|instance|preferences|custom_emojis|filters)(\/|$)/
const NOT_KEPT = /[?&](since_id|min_id)=|\/unread_count|\/statuses\/\d+\/source|\/accounts\/search/

const wait = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms)
  })

async function openPage(event: AskedEvent): Promise<Response> {
  const ours = isOurs(new URL(event.request.url).pathname)
  const network = fromNetwork(event)
  const kept = ours ? await findShell() : undefined
  try {
    const answer = await (kept ? Promise.race([network, wait(SLOW_MS)]) : network)
    return answer ?? (kept as Response)
  } catch {
    return kept ?? offlinePage()
  }
}

async function fromNetwork(event: AskedEvent): Promise<Response> {
  const since = currentGeneration()
  const answer = (await event.preloadResponse) ?? (await fetch(event.request))
  const account = answer.headers.get('x-folkmoot-shell')
  if (account !== null && answer.ok) event.waitUntil(keepShell(account, answer.clone(), since))
  return answer
}

async function callApi(event: AskedEvent, account: string): Promise<Response> {
  const url = new URL(event.request.url)
  const path = `${url.pathname}${url.search}`
  const since = currentGeneration()
  const kept = READ.test(url.pathname) && !NOT_KEPT.test(path)
  try {
    const answer = await fetch(event.request)
    if (answer.status === 401) event.waitUntil(forgetAccount(account))
    else if (kept && answer.ok) event.waitUntil(keepAnswer(account, path, answer.clone(), since))
    return answer
  } catch (error) {
    const found = kept ? await findAnswer(account, path) : undefined
    if (!found) throw error
    return found
  }
}

async function showPicture(event: AskedEvent): Promise<Response> {
  const url = new URL(event.request.url)
  const path = `${url.pathname}${url.search}`
  const since = currentGeneration()
  try {
    const answer = await fetch(event.request)
    if (answer.status === 200) event.waitUntil(keepPicture(path, answer.clone(), since))
    return answer
  } catch (error) {
    const found = await findPicture(path)
    if (!found) throw error
    return found
  }
}

/** Signing out, or changing the account: what was kept follows. */
async function changeAccounts(event: AskedEvent): Promise<Response> {
  const answer = await fetch(event.request)
  if (!answer.ok) return answer
  const { accounts, current } = (await answer.clone().json()) as {
    accounts: string[]
    current: string | null
  }
  await keepOnly(accounts, current)
  return answer
}

/** The answer to a request, or undefined when the browser shall go its usual way. */
export function answerFor(event: AskedEvent, origin: string): Promise<Response> | undefined {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== origin) return undefined
  if (request.method === 'POST' && /^\/auth\/(leave|change)$/.test(url.pathname)) return changeAccounts(event)
  if (request.method === 'POST' && url.pathname === '/share') return takeShared(request)
  if (request.method !== 'GET') return undefined
  if (request.mode === 'navigate') return openPage(event)
  if (url.pathname.startsWith('/web/')) return answerCode(request)
  if (request.destination === 'image' && /^\/(media|media_proxy|assets)\//.test(url.pathname))
    return showPicture(event)
  const account = request.headers.get('x-folkmoot-client') ?? ''
  if (!/^\d{2,16}$/.test(account) || !url.pathname.startsWith('/api/')) return undefined
  return url.pathname.startsWith('/api/v1/streaming') ? undefined : callApi(event, account)
}

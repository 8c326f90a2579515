// The other accounts that this browser is signed in with: what waits there, changing to them, signing out.
import { signal } from '@preact/signals'
import type { CredentialAccount } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { call } from '../api/http.ts'
import { forgetPosts } from '../api/posts.ts'
import { become, me } from '../api/session.ts'
import { forgetKept } from '../offline/kept-home.ts'
import { loadPending } from '../offline/pending.ts'
import { endPush, leavePushService } from '../offline/push.ts'
import { tellTrouble } from '../ui/feedback.tsx'
import { listenForMe } from './live.ts'
import { go } from './router.ts'

export interface Other {
  account: CredentialAccount
  unread: number
}

interface Known {
  accounts: string[]
  current: string | null
}

export const others = signal<readonly Other[]>([])
export const accountsOpen = signal(false)

async function lookAt(id: string): Promise<Other | undefined> {
  try {
    const account = await call<CredentialAccount>('GET', '/api/v1/accounts/verify_credentials', { as: id })
    const { count } = await call<{ count: number }>('GET', '/api/v1/notifications/unread_count', { as: id })
    return { account, unread: count }
  } catch {
    // Its session has ended, or there is no connection.
    return undefined
  }
}

export async function lookAtOthers(): Promise<void> {
  const known = await call<Known>('GET', '/auth/accounts').catch(() => undefined)
  if (!known) return
  const ids = known.accounts.filter((id) => id !== me.peek().id)
  others.value = (await Promise.all(ids.map(lookAt))).filter((one) => one !== undefined)
}

const LOOK_EVERY_MS = 5 * 60_000

/** Looks now and then, while the page is seen, whether something waits for the other accounts. */
export function watchOthers(): void {
  const look = (): void => {
    if (!document.hidden) void lookAtOthers()
  }
  look()
  setInterval(() => others.peek().length > 0 && look(), LOOK_EVERY_MS)
}

function startAnew(path: string): void {
  forgetFeeds()
  forgetPosts()
  loadPending()
  listenForMe()
  go(path)
  void lookAtOthers()
}

/** Goes on as another account, without loading the client anew. */
export async function changeTo(id: string, path = '/home'): Promise<void> {
  try {
    await become(id)
    startAnew(path)
  } catch (error) {
    tellTrouble(error)
    void lookAtOthers()
  }
}

export function addAccount(): void {
  const back = encodeURIComponent('/auth/client?return_to=/home')
  location.assign(`/auth/sign_in?another=1&return_to=${back}`)
}

/** Signs out this account, or all of them; another account of this browser takes its place. */
export async function signOut(all = false): Promise<void> {
  const leaving = me.peek().id
  try {
    await endPush()
    const left = await call<Known>('POST', all ? '/auth/leave?all=1' : '/auth/leave')
    await forgetKept(left.accounts, leaving)
    if (left.current === null) {
      await leavePushService().catch(() => undefined)
      location.assign('/')
    } else await changeTo(left.current)
  } catch (error) {
    tellTrouble(error)
  }
}

// Who is signed in, on which server, with which preferences.
import { batch, signal } from '@preact/signals'
import type { CredentialAccount, Instance, Marker, Preferences, Status } from '../../contract/entities.ts'
import { actAs, call, get } from './http.ts'

interface Boot {
  me: CredentialAccount
  instance: Instance
  preferences: Preferences
  home?: Status[]
  markers?: { home?: Marker }
}

const element = document.getElementById('boot')
const boot = JSON.parse(element?.textContent ?? '{}') as Boot

actAs(boot.me.id)

export const me = signal<CredentialAccount>(boot.me)
export const instance: Instance = boot.instance
export const preferences = signal<Preferences>(boot.preferences)

/** The document comes from before: there was no connection, or none to speak of. */
const wasKept = document.documentElement.dataset['kept'] !== undefined

/** The first page of home, which the server put into the document; given once, and only while it is new. */
export function takeFirstHome(): Status[] | undefined {
  const first = boot.home
  delete boot.home
  return Array.isArray(first) && !wasKept ? first : undefined
}

/** Where this person stopped reading home, as the document says; given once. */
export function takeFirstMark(): Marker | undefined {
  const first = wasKept ? undefined : boot.markers?.home
  delete boot.markers
  return first
}

export async function reloadPreferences(): Promise<void> {
  preferences.value = await get<Preferences>('/api/v1/preferences')
}

/** Speaks for another account of this browser from now on; throws when its session has ended. */
export async function become(accountId: string): Promise<void> {
  const as = accountId
  const [account, wishes] = await Promise.all([
    call<CredentialAccount>('GET', '/api/v1/accounts/verify_credentials', { as }),
    call<Preferences>('GET', '/api/v1/preferences', { as }),
  ])
  await call('POST', '/auth/change', { as })
  delete boot.home
  delete boot.markers
  actAs(accountId)
  batch(() => {
    me.value = account
    preferences.value = wishes
  })
}

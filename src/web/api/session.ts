// Who is signed in, on which server, with which preferences.
import { signal } from '@preact/signals'
import type { CredentialAccount, Instance, Preferences, Status } from '../../contract/entities.ts'
import { call, get } from './http.ts'

interface Boot {
  me: CredentialAccount
  instance: Instance
  preferences: Preferences
  home?: Status[]
}

const element = document.getElementById('boot')
const boot = JSON.parse(element?.textContent ?? '{}') as Boot

export const me = signal<CredentialAccount>(boot.me)
export const instance: Instance = boot.instance
export const preferences = signal<Preferences>(boot.preferences)

/** The first page of home, which the server put into the document; given once. */
export function takeFirstHome(): Status[] | undefined {
  const first = boot.home
  delete boot.home
  return Array.isArray(first) ? first : undefined
}

export async function reloadPreferences(): Promise<void> {
  preferences.value = await get<Preferences>('/api/v1/preferences')
}

export async function signOut(): Promise<void> {
  await call('POST', '/auth/leave')
  location.assign('/')
}

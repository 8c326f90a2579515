// How much waits for moderators, shown beside the way to their screens; asked for only by those who are some.
import { effect, signal } from '@preact/signals'
import type { AdminPending } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { me } from '../api/session.ts'

export const pending = signal(0)

const EVERY_MS = 5 * 60_000
const DASHBOARD = 8

export function isModerating(): boolean {
  const bits = Number(me.value.role.permissions)
  return (bits & 1) === 1 || (bits & DASHBOARD) !== 0
}

/** Asks anew: something was decided just now. */
export function pendingChanged(): void {
  if (!isModerating()) {
    pending.value = 0
    return
  }
  // A session from before the person became a moderator may not ask; opening the screens renews it.
  get<AdminPending>('/api/v1/admin/pending').then(
    ({ reports, accounts, appeals }) => void (pending.value = reports + accounts + appeals),
    () => undefined,
  )
}

let isWatching = false

export function watchPending(): void {
  if (isWatching) return
  isWatching = true
  effect(() => {
    void me.value.id
    pendingChanged()
  })
  setInterval(() => {
    if (document.visibilityState === 'visible') pendingChanged()
  }, EVERY_MS)
}

// Whether the server can be reached, as the last calls showed it.
import { signal } from '@preact/signals'

/** What the service worker writes on answers that it kept from before. */
const KEPT_AT = 'x-kept-at'

export const offline = signal(false)

export function heard(answer: Response): void {
  offline.value = answer.headers.has(KEPT_AT)
}

export function heardNothing(): void {
  offline.value = true
}

/** The browser knows at once when the cable is pulled; that it is back is believed when an answer comes. */
export function watchConnection(onBack: () => void): void {
  if (!navigator.onLine) offline.value = true
  addEventListener('offline', () => void (offline.value = true))
  addEventListener('online', onBack)
}

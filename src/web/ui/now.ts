// The present, to the half minute: ages of posts follow it.
import { signal } from '@preact/signals'

const STEP_MS = 30_000

export const now = signal(Date.now())

export function keepTime(): void {
  setInterval(() => {
    if (!document.hidden) now.value = Date.now()
  }, STEP_MS)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) now.value = Date.now()
  })
}
